//! The parent's side: starts the supervisor, hands on output, collects the reports.

use std::fs::File;
use std::io::{Read, Seek, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use nix::poll::{PollFd, PollFlags, PollTimeout};
use rustix::fs::MemfdFlags;
use rustix::pipe::PipeFlags;
use toe_source::{Event, Observer};

use super::image::Image;
use super::output::Lines;
use super::report::{RECORD, Report};
use super::supervisor::{self, Streams};
use super::{End, Job, Limits, Outcome, SandboxError, syscall};

pub(super) fn run(
    root: BorrowedFd<'_>,
    limits: &Limits,
    job: &Job<'_>,
    observer: &dyn Observer,
) -> Result<Outcome, SandboxError> {
    let image = Image::new(job)?;
    let refused = |doing: &'static str| {
        move |source: std::io::Error| SandboxError::Resources { doing, from: job.from.to_owned(), source }
    };
    let stdin = stdin_of(job.stdin).map_err(refused("make its standard input"))?;
    let pipe = || rustix::pipe::pipe_with(PipeFlags::CLOEXEC).map_err(std::io::Error::from);
    let (output_reader, output_writer) = pipe().map_err(refused("make a pipe for its output"))?;
    let (report_reader, report_writer) = pipe().map_err(refused("make a pipe for its status"))?;
    let parent = nix::unistd::getpid();
    let child = syscall::fork().map_err(|e| refused("make a process")(e.into()))?;
    let Some(child) = child else {
        let streams = Streams {
            root: root.as_raw_fd(),
            stdin: stdin.as_raw_fd(),
            output: output_writer.as_raw_fd(),
            report: report_writer.as_raw_fd(),
        };
        supervisor::supervise(&image, limits, &streams, parent)
    };
    drop((stdin, output_writer, report_writer));
    let mut lines = Lines::new(limits.output);
    let mut emit = |text: &str| observer.event(Event::Line { from: job.from, text });
    let collected = collect(output_reader, report_reader, &mut lines, &mut emit);
    lines.finish(&mut emit);
    // The supervisor is always waited for, also when reading failed.
    let waited = loop {
        match nix::sys::wait::waitpid(child, None) {
            Err(nix::errno::Errno::EINTR) => {}
            other => break other,
        }
    };
    let reports = collected.map_err(refused("read its output"))?;
    waited.map_err(|e| refused("wait")(e.into()))?;
    let end = verdict(&reports, limits, job)?;
    Ok(Outcome { end, last_line: lines.last, unseen_output: lines.unseen })
}

/// An empty pipe whose writer is closed, as rpm gives; or a file in memory.
fn stdin_of(bytes: &[u8]) -> std::io::Result<OwnedFd> {
    if bytes.is_empty() {
        let (reader, _) = rustix::pipe::pipe_with(PipeFlags::CLOEXEC)?;
        return Ok(reader);
    }
    let mut file = File::from(rustix::fs::memfd_create(c"scriptlet-stdin", MemfdFlags::CLOEXEC)?);
    file.write_all(bytes)?;
    file.rewind()?;
    Ok(file.into())
}

/// Reads both pipes until every writer is gone.
fn collect(
    output: OwnedFd,
    report: OwnedFd,
    lines: &mut Lines,
    emit: &mut dyn FnMut(&str),
) -> std::io::Result<Vec<u8>> {
    let mut output = Some(File::from(output));
    let mut report = Some(File::from(report));
    let mut reports = Vec::new();
    let mut buffer = vec![0; 65536];
    while output.is_some() || report.is_some() {
        let open: Vec<_> = [&output, &report].into_iter().flatten().map(AsFd::as_fd).collect();
        let mut polled: Vec<_> = open.iter().map(|fd| PollFd::new(*fd, PollFlags::POLLIN)).collect();
        match nix::poll::poll(&mut polled, PollTimeout::NONE) {
            Err(nix::errno::Errno::EINTR) => continue,
            other => other.map_err(std::io::Error::from)?,
        };
        let mut ready = polled.iter().map(|p| p.any().unwrap_or(false)).collect::<Vec<_>>().into_iter();
        if output.is_some() && ready.next() == Some(true) {
            take(&mut output, &mut buffer, &mut |bytes| lines.push(bytes, emit))?;
        }
        if report.is_some() && ready.next() == Some(true) {
            take(&mut report, &mut buffer, &mut |bytes| reports.extend_from_slice(bytes))?;
        }
    }
    Ok(reports)
}

/// One read; at the end of the file the descriptor is closed.
fn take(from: &mut Option<File>, buffer: &mut [u8], to: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
    let Some(file) = from else { return Ok(()) };
    match file.read(buffer) {
        Ok(0) => *from = None,
        Ok(length) => to(buffer.get(..length).unwrap_or_default()),
        Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
        Err(e) => return Err(e),
    }
    Ok(())
}

/// What the reports say together. A failure to build the sandbox outweighs what came after it.
fn verdict(bytes: &[u8], limits: &Limits, job: &Job<'_>) -> Result<End, SandboxError> {
    let mut end = None;
    for record in bytes.chunks_exact(RECORD).filter_map(|c| c.try_into().ok()) {
        match Report::from_bytes(record) {
            Some(Report::SetupFailed { stage, errno }) => {
                let source = std::io::Error::from_raw_os_error(errno);
                return Err(SandboxError::Setup { from: job.from.to_owned(), stage, source });
            }
            Some(Report::ExecFailed { errno }) => end = Some(End::NotStarted(errno)),
            Some(Report::Exited { status }) => end = end.or(Some(End::Exited(status))),
            Some(Report::Signalled { signal }) => end = end.or(Some(End::Signalled(signal))),
            Some(Report::TimedOut) => end = Some(End::TimedOut(limits.time)),
            None => {}
        }
    }
    end.ok_or_else(|| SandboxError::Lost { from: job.from.to_owned() })
}
