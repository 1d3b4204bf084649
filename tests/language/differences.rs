//! Where toe is stricter than bash on purpose: an error where bash goes on.

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
];

/// The limits on size and steps: bash has none.
const LIMITS: &[&str] = &["is more than the limit of"];

/// Whether `errors` is one of these.
pub fn is_deliberate(errors: &str) -> bool {
    let named = DELIBERATE.iter().map(|(_, error, _)| *error);
    named.chain(LIMITS.iter().copied()).any(|error| errors.contains(error))
}
