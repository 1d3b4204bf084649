//! A small HTTP server of one directory on the loopback, for as long as the value lives.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

/// Serves the files below a directory; one thread a connection.
pub struct FileServer {
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl FileServer {
    /// Starts serving `dir`. The accepting thread ends with the test process.
    pub fn start(dir: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let dir = dir.to_owned();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let dir = dir.clone();
                std::thread::spawn(move || while serve(&stream, &dir).unwrap_or(false) {});
            }
        });
        FileServer { url }
    }
}

/// Answers one request; true when another may follow.
fn serve(stream: &TcpStream, dir: &Path) -> std::io::Result<bool> {
    let mut lines = BufReader::new(stream);
    let mut request = String::new();
    if lines.read_line(&mut request)? == 0 {
        return Ok(false);
    }
    loop {
        let mut header = String::new();
        if lines.read_line(&mut header)? <= 2 {
            break;
        }
    }
    let path = request.split(' ').nth(1).unwrap_or("/").trim_start_matches('/');
    let path: PathBuf = dir.join(unescape(path));
    let mut out = stream;
    match std::fs::File::open(&path).and_then(|f| Ok((f.metadata()?, f))) {
        Ok((meta, mut file)) if meta.is_file() => {
            write!(out, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", meta.len())?;
            if request.starts_with("GET") {
                std::io::copy(&mut Read::take(&mut file, meta.len()), &mut out)?;
            }
        }
        _ => write!(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")?,
    }
    out.flush()?;
    Ok(true)
}

fn unescape(path: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = path.bytes();
    while let Some(b) = bytes.next() {
        if b == b'%' {
            let pair: Vec<u8> = bytes.by_ref().take(2).collect();
            let code = std::str::from_utf8(&pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok());
            out.extend(code);
        } else {
            out.push(b);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
