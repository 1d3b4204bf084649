//! Decompressors, chosen by the first bytes of the payload, with bounded memory.

use std::io::{BufReader, Cursor, Read};

use liblzma::read::XzDecoder;
use liblzma::stream::{CONCATENATED, Stream};

use crate::error::{Error, Result, shown};
use crate::header::Header;
use crate::tags;

/// Most memory for xz and lzma: `xz -9` needs 65 MiB.
const LZMA_MEMORY: u64 = 128 << 20;
/// Largest zstd window, as a power of two: 128 MiB, what `zstd --ultra -22` uses.
const ZSTD_WINDOW_LOG: u32 = 27;

/// How a payload is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words are the programs' names")]
pub enum Compressor {
    None,
    Gzip,
    Bzip2,
    Xz,
    /// The stream of the old `lzma` program, which has no magic bytes.
    Lzma,
    Zstd,
}

impl Compressor {
    /// By the first bytes; `None` when they say nothing.
    fn sniff(front: &[u8]) -> Option<Self> {
        let all: [(&[u8], Compressor); 5] = [
            (b"0707", Compressor::None),
            (&[0x1f, 0x8b], Compressor::Gzip),
            (b"BZh", Compressor::Bzip2),
            (b"\xfd7zXZ\0", Compressor::Xz),
            (&[0x28, 0xb5, 0x2f, 0xfd], Compressor::Zstd),
        ];
        all.into_iter().find(|(magic, _)| front.starts_with(magic)).map(|(_, c)| c)
    }

    /// By PAYLOADCOMPRESSOR (1125).
    fn named(header: &Header) -> Result<Self> {
        Ok(match header.string(tags::PAYLOADCOMPRESSOR)? {
            None | Some(b"" | b"none" | b"identity") => Compressor::None,
            Some(b"gzip") => Compressor::Gzip,
            Some(b"bzip2") => Compressor::Bzip2,
            Some(b"xz") => Compressor::Xz,
            Some(b"lzma") => Compressor::Lzma,
            Some(b"zstd") => Compressor::Zstd,
            Some(other) => {
                let what = format!("a package with a payload compressed by `{}`", shown(other));
                return Err(Error::Unsupported { name: header.name().to_owned(), what });
            }
        })
    }
}

/// The uncompressed bytes of `compressed`. Several streams one after the other are read as one, as
/// parallel compressors write them.
pub(super) fn open<'a>(
    mut compressed: impl Read + Send + 'a,
    header: &Header,
) -> Result<Box<dyn Read + Send + 'a>> {
    let failed = |source| Error::Read { name: header.name().to_owned(), source };
    let mut front = Vec::new();
    (&mut compressed).take(6).read_to_end(&mut front).map_err(failed)?;
    let compressor = match Compressor::sniff(&front) {
        Some(compressor) => compressor,
        None => Compressor::named(header)?,
    };
    let all = BufReader::with_capacity(64 << 10, Cursor::new(front).chain(compressed));
    let lzma = |e: liblzma::stream::Error| failed(e.into());
    Ok(match compressor {
        Compressor::None => Box::new(all),
        Compressor::Gzip => Box::new(BufReader::new(flate2::bufread::MultiGzDecoder::new(all))),
        Compressor::Bzip2 => Box::new(BufReader::new(bzip2::bufread::MultiBzDecoder::new(all))),
        Compressor::Xz => {
            let stream = Stream::new_stream_decoder(LZMA_MEMORY, CONCATENATED).map_err(lzma)?;
            Box::new(BufReader::new(XzDecoder::new_stream(all, stream)))
        }
        Compressor::Lzma => {
            let stream = Stream::new_lzma_decoder(LZMA_MEMORY).map_err(lzma)?;
            Box::new(BufReader::new(XzDecoder::new_stream(all, stream)))
        }
        Compressor::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(all).map_err(failed)?;
            decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(failed)?;
            Box::new(BufReader::new(decoder))
        }
    })
}
