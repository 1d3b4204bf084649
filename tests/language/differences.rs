//! Where toe is stricter than bash on purpose: an error where bash goes on.

use crate::generator::Nail;

/// A nail, a part of the message that refuses it, the reason.
pub const DELIBERATE: &[(&str, &str, &str)] = &[
    (
        "a=\u{301}; log \"${a#[[:alpha:]]}\"\n",
        "a class of a pattern over",
        "the C libraries disagree about combining marks and about the newest characters",
    ),
    (
        "a=; log ${a:-$'\\''}\n",
        "`$'..'` inside `${ }`",
        "bash decodes it first and may then lose its quoting, as within a substitution",
    ),
    (
        "log ~x.y\n",
        "the home of a user",
        "it depends on the users of the machine, and on whether there can be one of that name",
    ),
    (
        "if [[ foobar =~ (foo)(b)?a ]]; then log \"${BASH_REMATCH[@]}\"; fi\n",
        "whose groups may match in several ways",
        "the C libraries divide the text among the groups differently",
    ),
    (
        "x=$(((1)); echo a)\n",
        "a subshell directly in parentheses",
        "bash reads arithmetic first, and a command substitution where that does not end; write `$( ((1)); echo a)`",
    ),
    (
        "log ${e+a>()}; e=\n",
        "a process substitution in the word of `${ }`",
        "what it yields depends on the running shell",
    ),
    (
        "n=1 w=(3 5); log $(( 0 && w[w[0]-$n] ))\n",
        "an element within the subscript of another",
        "bash takes the inner brackets for operators when it evaluates the element",
    ),
    (
        "basename 2>/dev/null; log on\n",
        "basename: one or two words are needed",
        "a wrong call of a program or built-in is an error, also where its message is thrown away",
    ),
    (
        "a=x ab=y; log $a\\\nb\n",
        "continued on the next line",
        "bash joins the lines before it looks for the name: it is `ab`, not `a`",
    ),
    (
        "set -- x; IFS=:; log ${y-\"$@\"a:}b\n",
        "a separator of IFS beside `$@`",
        "bash drops a separator at the end of the word",
    ),
    (
        "set -- x; IFS=:; log \"${y-a:b\"$@\"}\"\n",
        "a separator of IFS beside `$@`",
        "bash splits what is written in quotes beside the list",
    ),
    (
        "printf '%b' '\\xyz' 2>/dev/null\n",
        "`\\x` has no digits",
        "bash complains and goes on, the escape as it is",
    ),
    ("printf '%\\' 2>/dev/null\n", "printf's `%\\", "bash complains and goes on"),
    ("p='\\ba'; [[ aé =~ $p ]]\n", "over text outside of ASCII", "the C libraries know different letters"),
    (
        "IFS='*'; log /*\"${x+$@}\"\n",
        "beside a list in the word of a quoted `${ }`",
        "bash takes the signs for text when it expands the list",
    ),
    (
        "Write /a <<A'B'\nx\nAB\n",
        "whose delimiter is quoted in part",
        "nobody writes one on purpose; quote all of it",
    ),
    ("q='1 \\'; (( q )) 2>/dev/null; log on\n", "`\\\\` is no operator", "bash complains and goes on"),
    (
        "f() { local _; }; f; log on\n",
        "which changes the shell itself",
        "bash sets `_` after every command, RANDOM at every look, and so on",
    ),
    (
        "set -- ''; a=${@:+x}; log $a\n",
        "over one empty element, where no fields are split",
        "bash takes its own mark for an empty element for text there",
    ),
    (
        "set -- $'\\1' b; a=${@,}; log \"$a\"\n",
        "a list that holds U+0001 or U+007F",
        "bash marks quoted text with these, and doubles or loses them",
    ),
    ("Dir $'/a\\n'\n", "the path has a control character", "no reader of such a path could be sure of it"),
    ("set -- a b; log ${!#\\\n}\n", "`$!` is not in the subset", "bash reads `${!#}`, the last argument"),
    ("log $'a\\u0zb'\n", "yields bytes that are not UTF-8 text", "bash ends the text at the NUL"),
    (
        "fo\\\nr i in 1; do log $i; do\\\nne\n",
        "continued on the next line",
        "bash joins the lines before it looks for reserved words and operators",
    ),
    (
        "printf '%5s' é\n",
        "a width or precision for text outside of ASCII",
        "bash counts bytes, and may cut a character in two",
    ),
    (
        "printf %q 😀\n",
        "a character that not every C library can print",
        "bash quotes what the C library cannot print",
    ),
    (
        "a=x; log {1,2}\"${a:+\"'}\"}\"\n",
        "braces beside double quotes in",
        "bash takes the inner quotes for the end of the outer ones when it looks for braces",
    ),
    (
        "set -- a ''; case \"$@\" in 'a ') log yes;; esac\n",
        "a list with an empty element in a word of `case`",
        "bash keeps its own mark for the empty word, which no pattern matches",
    ),
    (
        "IFS=; r=('a b' c); log ${r[@]%x}\n",
        "while IFS is empty",
        "bash joins the elements, and marks of its own get into the text",
    ),
    (
        "log /*b* >/dev/null\n",
        "cannot look at the outside",
        "it depends on the machine: a run sees the current directory, the foot's and those of --nail-path",
    ),
    (
        "case x in [a-) ;; esac; log on\n",
        "an open range `[a-`",
        "bash matches nothing with it, and takes `[a` for itself",
    ),
    (
        "[[ '*a' =~ ^*a ]] || log no\n",
        "a repeated anchor in a regular expression",
        "the C libraries read it differently",
    ),
    (
        "case x in [[:SPACE:]]) ;; esac; log on\n",
        "` in a pattern is not",
        "a class that does not exist, equivalence classes and collating symbols depend on the C library",
    ),
    (
        "b=1; log \"$(echo ${b+$'p\\tq'})\"\n",
        "`$'..'` inside `${ }` in a quoted command substitution",
        "bash decodes it and then loses its quoting",
    ),
    (
        "set -- 'a  b'; Write /etc/f <<E\n$* $@\nE\n",
        "`$*` beside `$@` in a here-document",
        "bash splits `$*` at spaces there",
    ),
    (
        "set -- a b; x=1 IFS=:; log ${x+$@}\n",
        "`$@` in the word of `${ }` without quotes",
        "bash joins the list with spaces, whatever IFS is",
    ),
    (
        "[[ '{a' =~ {a ]] && log yes\n",
        "with nothing to repeat in a regular expression",
        "POSIX leaves it open, and the C libraries differ",
    ),
    (
        "[[ 'a{b' =~ a{b ]] && log yes\n",
        "that opens no {n,m} in a regular expression",
        "POSIX leaves it open, and the C libraries differ",
    ),
    (
        "r=('' :x) IFS=' :'; log ${r[@]}\n",
        "a list whose first element is blank",
        "bash drops the separator behind it, too",
    ),
    (
        "set -- a b; q=1; log ${q+\"$@\" }x\n",
        "that begins or ends with a blank",
        "bash loses the blank when it joins the list",
    ),
    (
        "d=; case \"${d^}\"7 in 7) log yes;; esac; log on\n",
        "beside other text in a word of `case`",
        "bash keeps its own mark for the empty word, which no pattern matches",
    ),
    (
        "b='\\'; [[ a =~ $b ]] || log no\n",
        "toe::eval::bad_regex",
        "bash takes an expression that is none for one that does not match",
    ),
    (
        "log */*//a\n",
        "`//` in a pathname pattern",
        "bash shows the slashes or not, as its glob happens to join them",
    ),
    (
        "b='\\'; a=x; log ${a//$b/y}\n",
        "a pattern that ends in a backslash which quotes nothing",
        "bash quotes with it the `*` that it adds to find the pattern anywhere",
    ),
    (
        "b='\\'; a='x*'; log \"${a%$b\\*}\"\n",
        "an expansion that ends in a backslash before quoted text",
        "bash quotes with it the backslash that the quotes stand for, or not, as the operator has it",
    ),
    (
        "b='\\'; log *$b\n",
        "at the end of a pathname pattern",
        "bash drops the backslash or keeps it, as the directory's content has it",
    ),
    (
        "log `echo \\\\`\n",
        "`\\` cannot stand here",
        "a backslash that quotes nothing, at the end of a command",
    ),
    (
        "r=(a b); log \"$@${r[@]}${r[*]#a}\"\n",
        "an operator on `*` in the same quotes",
        "bash splits the joined text at spaces, though it is quoted",
    ),
    (
        "IFS=é; r=(a b); log \"${r[*]}\"; IFS=' '\n",
        "joining a list with a character outside of ASCII",
        "bash joins with single bytes of it in places",
    ),
    (
        "a=x; log \"${a/[!]]/y}\"\n",
        "a bracket that begins with `!]`",
        "bash takes the first `]` for its end when it counts how long a match must be",
    ),
    (
        "r=([* x]); log \"${r[@]}\"\n",
        "begins with `[` and has no `]`",
        "bash reads on through the words that follow",
    ),
    (
        "set -- '' ''; IFS=; log \"${*:-x}\"\n",
        "over empty arguments while IFS is empty",
        "bash takes the list for empty in quotes and assignments, and not in a here-document",
    ),
    (
        "x='a*b'; log \"${x//*a\\*/y}\"\n",
        "ends in a quoted `*`",
        "bash takes the last star for an active one as it looks whether there can be a match, and finds none",
    ),
    (
        "b='\\'; x='a\\'; log \"${x%%*$b}\"\n",
        "behind a `*` at the end of a pattern",
        "bash matches nothing with it, and the backslash itself behind other signs",
    ),
    (
        "x=a; log {~,b}:$x\n",
        "`~:` at the start of a word that braces made",
        "bash takes it for a tilde there, and then quotes the expansion",
    ),
    (
        "IFS='?*'; log '*'a?txt\n",
        "quoted signs of a pattern that are in IFS",
        "bash loses the quotes of all of them when one stands there without quotes",
    ),
    (
        "x=' p '; r=(a b); [[ z > $x\"${r[@]}\" ]]; log $?\n",
        "an expansion with blanks beside a quoted list",
        "bash splits it, as if the word became several",
    ),
    (
        "IFS=-; set -- a; log \"$((-7))$@\"\n",
        "`$(( ))` in the same quotes as a list",
        "bash splits the number, though it is quoted",
    ),
    (
        "set -- a b c; log \"${zz:=\"$@\"}${*:2}\"\n",
        "an operator on `*` in the same quotes",
        "as above, also where the list stands in the word of an assignment",
    ),
    (
        "x='[ab]'; log \"${x/%[a*/y}\"\n",
        "a `[` without `]` before `*`",
        "bash counts the star as one character when it counts how long a match must be",
    ),
    (
        "set --; y=; r=([1]=${y+\"$@\" a}); log \"${r[@]}\"\n",
        "behind `[..]=` in a list",
        "bash splits the text there",
    ),
    (
        "r=([ab]*${r[0]=x}@); log \"${r[@]}\"\n",
        "an index that holds brackets, in a list of elements",
        "bash decides only after reading the whole word whether it is an index",
    ),
    ("f() { local -; set -f; }; f; log *.txt\n", "`local -`", "options are not local to a function"),
    (
        "b='\\'; log *$b/\n",
        "a backslash before `/` in a pathname pattern",
        "bash keeps the backslash, and finds nothing",
    ),
    (
        "x=1; case ${x:+\"\"}1 in 1) log yes;; esac; log on\n",
        "beside other text in a word of `case`",
        "bash keeps its own mark for the empty quotes, which no pattern matches",
    ),
    (
        "r=('  ' '   ' x) IFS=': '; log ${r[@]}\n",
        "a list whose first element is blank",
        "as above, also where the blank is not the first character of IFS",
    ),
    (
        "x=' '; set -- ':x' b; IFS=' :'; log $x$@; IFS=' '\n",
        "a list behind a blank of an expansion",
        "bash drops the separator that the list begins with",
    ),
    (
        "a=1; log \"${a:-\"'\"}$(echo '{a,b}')\"\n",
        "braces beside double quotes in",
        "as above, also where a command substitution holds the braces",
    ),
    (
        "log \"$(echo \"x\"$'\\a''{a,b}')\"\n",
        "braces beside double quotes in",
        "bash decodes `$'..'` first, and then takes its quotes for others",
    ),
    ("x=a[1]; declare $x; log on\n", "an element of an array in", "bash ignores the index"),
    (
        "a='\\' IFS=.; log ${a}./*.log\n",
        "an expansion that ends in a backslash before quoted text",
        "bash quotes the separators of IFS that are written beside an expansion",
    ),
    (
        "a='(x)\\1'; [[ xx =~ $a ]]; log $?\n",
        "`\\1` in a regular expression",
        "POSIX knows no references in them, some C libraries do",
    ),
    (
        "log $(seq 2 -9223372036854775808)\n",
        "`seq -9223372036854775808` is not in the subset",
        "seq counts in floating point, whose size depends on the machine",
    ),
    (
        "e= d=' '; log \"$e\"$d${zz:-\"$e\"}\n",
        "empty quotes in the word of `${ }`, behind a blank",
        "bash drops the field that they would make",
    ),
];

/// Messages of bash about nails that it takes at other times, with the reason.
pub const DEFECTS: &[(&str, &str)] = &[
    (
        "bad substitution: no closing `)' in $(",
        "`${x:$((1))}` in a here-document, depending on what was read before it",
    ),
    ("unexpected EOF while looking for matching `)'", "`${x/a/$(b)}` in a here-document, likewise"),
];

/// True for a here-document beside what [`DEFECTS`] are about: a `$(` within `${ }`.
pub fn may_meet_defect(nail: &Nail) -> bool {
    let files = nail.files.iter().flat_map(|(_, statements)| statements);
    nail.foot.iter().chain(files).any(|statement| {
        let within = |text: &str| text.split('}').next().is_some_and(|inside| inside.contains("$("));
        statement.contains("<<") && statement.split("${").skip(1).any(within)
    })
}

/// What bash complains of and goes on, perhaps behind a command substitution, is an error; its message may have gone to
/// `/dev/null`.
const COMPLAINED: &[&str] =
    &["toe::eval::bad_call", "toe::eval::readonly", "toe::eval::bad_expansion", "toe::eval::unset_variable"];

/// The limits on size and steps: bash has none.
const LIMITS: &[&str] = &["is more than the limit of"];

/// Whether `errors`, of `nail`, is one of these.
pub fn is_deliberate(nail: &Nail, errors: &str) -> bool {
    let named = DELIBERATE.iter().map(|(_, error, _)| *error);
    named.chain(LIMITS.iter().copied()).any(|error| errors.contains(error))
        || COMPLAINED.iter().any(|code| errors.contains(code)) && nail.is_silenced()
}
