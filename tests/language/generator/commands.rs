//! Statements: directives, assignments, and the choice of everything else.

use std::fmt::Write as _;

use super::{Generator, SCALARS};

impl Generator {
    pub(super) fn statement(&mut self, depth: usize) -> String {
        match self.random.below(if depth == 0 { 40 } else { 66 }) {
            0..=11 => {
                self.note("log");
                format!("log {}", self.words(2))
            }
            12..=16 => self.bounded_scalar() + &self.assignment(),
            17..=20 => self.bounded_array() + &self.array_assignment(),
            21 => {
                self.note("(( ))");
                format!("(( {} ))", self.arithmetic(2))
            }
            22..=24 => self.directive(),
            25..=31 => self.builtin(),
            32..=33 => self.here_documents(),
            34 => self.program(),
            35 => {
                let condition = self.condition();
                format!("{condition}; log $?")
            }
            36..=37 => self.ifs(),
            38 => self.unsure_ending(),
            39 => self.jump_here(),
            40..=43 => self.if_command(depth),
            44..=47 => self.for_command(depth),
            48..=49 => self.while_command(depth),
            50 => self.jump(),
            51..=53 => self.case_command(depth),
            54..=56 => self.function(depth),
            57..=58 => self.and_or(depth),
            59 => self.group(depth),
            60..=62 => match self.include() {
                Some(text) => text,
                None => self.directive(),
            },
            63 => self.rematch(),
            64 if self.random.one_in(3) => self.failure_under_errexit(),
            65 if self.random.one_in(3) && self.unsure == 0 => self.ending(),
            _ => self.redirected(),
        }
    }

    /// A way out that is rarely taken.
    fn unsure_ending(&mut self) -> String {
        let condition = self.condition();
        let ending = self.unsure(Self::ending);
        format!("[[ $a == never ]] && {condition} && {ending}; log $?")
    }

    /// `break`, `continue` or `return`, where it stands in a loop or function.
    fn jump_here(&mut self) -> String {
        let condition = self.condition();
        let jump = match (self.loops, self.in_function) {
            (0, true) => "return",
            (0, false) => return format!("{condition}; log $?"),
            (1, _) => self.random.pick(&["break", "continue"]),
            _ => self.random.pick(&["break", "continue", "break 2", "continue 2"]),
        };
        format!("{condition} && {jump}")
    }

    /// In loops values that are made of themselves grow without end.
    fn bounded_scalar(&self) -> String {
        let bound = "(( ${#a} + ${#b} + ${#c} + ${#d} > 400 )) && a=cut b=b c= d=x; ";
        if self.unsure == 0 { String::new() } else { bound.to_owned() }
    }

    /// The same for lists, words and arguments.
    fn bounded_array(&self) -> String {
        let bound = "r=(\"${r[@]:0:9}\"); s=(\"${s[@]:0:9}\"); (( $# > 40 )) && set -- cut; ";
        if self.unsure == 0 { String::new() } else { bound.to_owned() }
    }

    fn assignment(&mut self) -> String {
        let name = self.random.pick(SCALARS);
        match self.random.below(12) {
            0..=4 => {
                self.note("x=");
                format!("{name}={}", self.word(2))
            }
            5..=6 => {
                self.note("x+=");
                format!("{name}+={}", self.word(1))
            }
            7 => {
                self.note("several assignments");
                format!("{name}={} {}={}", self.word(1), self.random.pick(SCALARS), self.word(1))
            }
            8 => {
                self.note("assignment before a command");
                let value = self.word(1);
                self.random
                    .pick(&[
                        "N=V log \"$N\"; log \"$N\"",
                        "N=V x=2 log $N",
                        "IFS=: log $a $d",
                        "N=V; N+=z log q",
                        "ft() { log \"$N\"; N=in; }; N=V ft; log \"$N\"",
                    ])
                    .replace('N', name)
                    .replace('V', &value)
            }
            9 => {
                self.note("~ in an assignment");
                self.random
                    .pick(&["X=~", "X=~/x:~/y", "X=a:~", "X=\"~\"", "X=x~", "X=~:$a"])
                    .replace('X', name)
                    + &format!("; log \"${name}\"")
            }
            10 => {
                self.note("status of an assignment");
                format!(
                    "{name}=$({}); log $? \"${name}\"",
                    self.random.pick(&["false", "exit 4", "echo v; false", ":", "[ x = y ]"])
                )
            }
            _ => {
                self.note("x=");
                format!("{name}={}", self.random.pick(super::words::VALUES))
            }
        }
    }

    fn array_assignment(&mut self) -> String {
        let text = match self.random.below(10) {
            0..=1 => {
                self.note("a=()");
                format!("r=({})", self.words(1))
            }
            2..=3 => {
                self.note("a+=()");
                format!("r+=({})", self.words(1))
            }
            4 => {
                self.note("a[i]=");
                let index =
                    self.random.pick(&["0", "1", "4", "n % 3", "-1", "${#r[@]}", "m-m", "$((1))", "\"1\""]);
                format!("r[{index}]={}", self.word(1))
            }
            5 => {
                self.note("a[i]+=");
                format!("r[n % 3]+={}", self.word(1))
            }
            6 => {
                self.note("a=([n]=)");
                format!("r=([{}]={} {})", self.random.below(4), self.word(1), self.word(1))
            }
            7 => {
                self.note("a=([n]=)");
                format!("r+=([1]={} [n%4]=q [2]+=more)", self.word(1))
            }
            8 => {
                self.note("a=() over lines");
                format!("r=(\n  {} # comment\n\n  {}\n)", self.word(1), self.words(0))
            }
            _ => {
                self.note("a=() of itself");
                self.random
                    .pick(&[
                        "r=(\"${r[@]}\" x)",
                        "r=(\"${r[@]:1}\")",
                        "r=(${r[@]/o/ })",
                        "s=(\"${r[@]}\" \"$@\")",
                        "r=()",
                        "r=(*.txt {1..3})",
                        "r+=x",
                        "r=one",
                    ])
                    .to_owned()
            }
        };
        if self.random.one_in(2) { text + "; log ${#r[@]} \"${r[@]-}\"" } else { text }
    }

    fn directive(&mut self) -> String {
        match self.random.below(12) {
            0..=1 => {
                self.note("Rpm");
                self.random
                    .pick(&[
                        "Rpm http://h/pkg-a-1.0-2.noarch.rpm",
                        "Rpm \"http://h/pkg-$n-1-1.x86_64.rpm\" --noscripts",
                        "x=http://h; Rpm $x/{p,q}-1-1.noarch.rpm",
                        "Rpm http://h/pkg-a-1.0-2.noarch.rpm --excludedocs --nosignature",
                    ])
                    .replace("{p,q}", "p")
            }
            2 => {
                self.note("GroupAdd");
                format!("GroupAdd $(( 100 + (({}) & 63) )) app", self.arithmetic(1))
            }
            3 => {
                self.note("UserAdd");
                format!(
                    "UserAdd {} 7 /home/u /bin/sh u",
                    self.random.pick(&["5", "$((n & 7))", "1$((m & 7))", "\"7\""])
                )
            }
            4 => {
                self.note("Gecos");
                format!("Gecos app \"${{{}//[!a-z ]/}}\" text", self.random.pick(SCALARS))
            }
            5 => {
                self.note("Mknod");
                format!(
                    "Mknod c $(( ({}) & 255 )) {} dev{}",
                    self.arithmetic(1),
                    self.random.below(9),
                    self.random.below(9)
                )
            }
            6 => {
                self.note("Symlink");
                "Symlink /opt/app /usr/\"app$n\"".to_owned()
            }
            7 => {
                self.note("Dir");
                format!(
                    "Dir /var/{} 0{} root:root",
                    self.random.pick(&["x", "$n", "\"$n\"", "{y,}", "'a b'"]).replace("{y,}", "y"),
                    self.random.pick(&["755", "700", "1777"])
                )
            }
            8 => {
                self.note("Link");
                format!("Link ../x{} /etc/l", self.random.pick(&["", "$n", "\"$m\"/"]))
            }
            9 => {
                self.note("Copy");
                "Copy a.txt /etc/a$n 0644".to_owned()
            }
            10 => {
                self.note("GpgImport");
                "GpgImport file:///k/$n.asc".to_owned()
            }
            _ => {
                self.note("Exec");
                format!("Exec /bin/x {}", self.words(1))
            }
        }
    }

    fn redirected(&mut self) -> String {
        let redirection = self.redirection();
        match self.random.below(3) {
            0 => format!("log {}{redirection}", self.words(0)),
            1 => format!("echo x{redirection}"),
            _ => {
                let condition = self.condition();
                format!("{condition}{redirection}; log $?")
            }
        }
    }

    /// `Write` with one here-document or several.
    fn here_documents(&mut self) -> String {
        let count = match self.random.below(8) {
            0..=4 => 1,
            5..=6 => 2,
            _ => 3,
        };
        if count > 1 {
            self.note("several here-documents");
        }
        let (mut line, mut bodies) = (String::new(), String::new());
        for number in 0..count {
            let name = self.new_name("/etc/f");
            let dash = self.random.pick(&["", "", "-"]);
            let delimiter = self.random.pick(&["END", "E", "A.B", "_"]);
            let (construct, written) = match self.random.below(6) {
                0 => ("<<'E'", format!("'{delimiter}'")),
                1 => ("<<\"E\"", format!("\"{delimiter}\"")),
                2 => ("<<\\E", format!("\\{delimiter}")),
                _ => ("<<E", delimiter.to_owned()),
            };
            self.note(construct);
            if dash == "-" {
                self.note("<<-");
            }
            let tab = if dash.is_empty() { "" } else { "\t" };
            let body = match self.random.below(8) {
                0 => String::new(),
                _ => format!("{tab}{}\n", self.here_text()),
            };
            let mode = self.random.pick(&["", "", " 0644", " 0600 root:root"]);
            let separator =
                if number == 0 { "" } else { self.random.pick(&["; ", " && ", "; log between; "]) };
            let _ = write!(line, "{separator}Write {name}{mode} <<{dash}{written}");
            let _ = write!(bodies, "\n{body}{tab}{delimiter}");
        }
        let comment = self.random.pick(&["", "", "; log after", " # comment"]);
        line + comment + &bodies
    }
}
