//! The Content-Range header (RFC 9110, 14.4).

/// `bytes FIRST-LAST/TOTAL`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ContentRange {
    /// The first byte that is sent.
    pub first: u64,
    /// The last byte that is sent.
    pub last: u64,
    /// The length of the whole, unless the server gave `*`.
    pub total: Option<u64>,
}

impl ContentRange {
    /// Reads the header's value; `None` when it is no range of bytes or contradicts itself.
    pub fn parse(value: &str) -> Option<Self> {
        let (range, total) = value.trim().strip_prefix("bytes ")?.split_once('/')?;
        let (first, last) = range.split_once('-')?;
        let (first, last) = (number(first)?, number(last)?);
        let total = if total == "*" { None } else { Some(number(total)?) };
        (first <= last && total.is_none_or(|total| last < total)).then_some(ContentRange {
            first,
            last,
            total,
        })
    }
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let range = |first, last, total| Some(ContentRange { first, last, total });
        assert_eq!(ContentRange::parse("bytes 5-9/10"), range(5, 9, Some(10)));
        assert_eq!(ContentRange::parse("bytes 5-9/*"), range(5, 9, None));
        for wrong in
            ["", "bytes */10", "bytes 9-5/10", "bytes 5-10/10", "bytes +5-9/10", "lines 5-9/10", "bytes 5-9"]
        {
            assert_eq!(ContentRange::parse(wrong), None, "{wrong}");
        }
    }
}
