//! `$(( ))`, `(( ))`: every operator, base and assignment.

use super::{Generator, NUMBERS};

impl Generator {
    pub(super) fn arithmetic_expansion(&mut self, depth: usize) -> String {
        self.note("$(())");
        let expression = self.arithmetic(depth.min(2));
        format!("$(({}{expression} ))", self.random.pick(&["", " ", "\t", "\n"]))
    }

    /// An expression; its value is any number.
    pub(super) fn arithmetic(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.one_in(4) {
            return self.operand();
        }
        match self.random.below(16) {
            0..=5 => self.chain(depth),
            6 => {
                let sign = self.one_of(&["/", "%"]);
                format!("({}) {sign} {}", self.arithmetic(depth - 1), 1 + self.random.below(5))
            }
            7 => {
                self.note("**");
                format!("({}) ** {}", self.arithmetic(depth - 1), self.random.below(5))
            }
            8 => {
                self.note("? :");
                let condition = self.arithmetic(depth - 1);
                let (yes, no) = self.unsure(|g| (g.arithmetic(depth - 1), g.arithmetic(depth - 1)));
                format!("{condition} ? {yes} : ({no})")
            }
            9..=10 => {
                let sign = self.one_of(&["=", "+=", "-=", "*=", "|=", "^=", "&=", "<<=", ">>="]);
                let place = self.place();
                format!("({place} {sign} {})", self.arithmetic(depth - 1))
            }
            11 => {
                let sign = self.one_of(&["/=", "%="]);
                let place = self.place();
                format!("({place} {sign} {})", 1 + self.random.below(7))
            }
            12 => {
                let sign = self.one_of(&["&&", "||"]);
                let left = self.arithmetic(depth - 1);
                let right = self.unsure(|g| g.arithmetic(depth - 1));
                format!("{left} {sign} {right}")
            }
            13 => {
                let sign = self.one_of(&["<<", ">>"]);
                format!("({}) {sign} {}", self.arithmetic(depth - 1), self.random.below(70))
            }
            14 => {
                let sign =
                    self.one_of(&["unary -", "unary +", "unary !", "unary ~"]).trim_start_matches("unary ");
                format!("{sign} ({})", self.arithmetic(depth - 1))
            }
            _ => {
                self.note("comma");
                format!("({}, {})", self.arithmetic(depth - 1), self.arithmetic(depth - 1))
            }
        }
    }

    /// Operators one after the other, bound as they bind.
    fn chain(&mut self, depth: usize) -> String {
        let mut out = self.arithmetic(depth - 1);
        for _ in 0..=self.random.below(3) {
            let sign = self.one_of(&["+", "-", "*", "&", "|", "^", "<", ">", "<=", ">=", "==", "!="]);
            // Without blanks `a - -b` would be `a--b`.
            let blank = self.random.pick(&[" ", " ", "\n"]);
            out = format!("{out}{blank}{sign} {}", self.operand());
        }
        out
    }

    /// What can be assigned.
    fn place(&mut self) -> &'static str {
        match self.random.below(4) {
            0 => "w[1]",
            1 => "w[n % 2 == 0]",
            2 => "n",
            _ => "m",
        }
    }

    fn operand(&mut self) -> String {
        match self.random.below(14) {
            0..=3 => self.random.below(30).to_string(),
            4..=5 => self.random.pick(NUMBERS).to_owned(),
            6 => format!("${}", self.random.pick(NUMBERS)),
            7 => self.noted_number(&[
                ("0x", "0x1F"),
                ("octal", "010"),
                ("base#n", "2#101"),
                ("base#n", "16#ff"),
                ("base#n", "36#Z"),
                ("base#n", "64#_@"),
                ("base#n", "37#aA"),
                ("0x", "0XaB"),
                ("octal", "0"),
                ("overflow", "9223372036854775807"),
                ("overflow", "9223372036854775808"),
                ("overflow", "0x8000000000000000"),
            ]),
            8 => {
                let sign = self.one_of(&["x++", "x--", "++x", "--x"]);
                sign.replace('x', self.random.pick(&["n", "m", "w[0]"]))
            }
            9 => {
                let sign =
                    self.one_of(&["unary -", "unary +", "unary !", "unary ~"]).trim_start_matches("unary ");
                format!("{sign}{}", self.random.pick(&["n", "3", "$m", "w[2]", "(n)"]))
            }
            10 => {
                self.note("a[i] in arithmetic");
                self.random
                    .pick(&["w[1]", "${w[0]}", "w[m % 3]", "w[w[0]-w[0]]", "${#r[@]}", "w", "w[-1]"])
                    .to_owned()
            }
            11 => {
                self.note("a variable that holds an expression");
                self.random.pick(&["q", "$q", "(q)", "q * 2", "${q}+1"]).to_owned()
            }
            12 => self
                .random
                .pick(&[
                    "$#",
                    "${#a}",
                    "\"$n\"",
                    "\"3\"",
                    "${e:-4}",
                    "${n:-1}",
                    "$((n + 1))",
                    "e",
                    "zz",
                    "$?",
                ])
                .replace("zz", "e"),
            _ => self
                .random
                .pick(&["$(echo 3)", "`echo 4`", "${#s[@]}", "(2)", "${n%x}", "${n/x/1}", "1"])
                .to_owned(),
        }
    }

    fn noted_number(&mut self, of: &[(&'static str, &str)]) -> String {
        let (construct, text) = of[self.random.below(of.len())];
        self.note(construct);
        text.to_owned()
    }
}
