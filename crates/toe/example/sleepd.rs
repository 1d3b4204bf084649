//! `sleepd`, the example daemon: says who and where it is, then sleeps and says so, for ever or
//! `sleepd TURNS` times. Made without any library so that it is one static file on every Linux, which
//! is all that a SOCK of its own needs. Built by this crate's build script, not by cargo.

#![no_std]
#![no_main]

use core::arch::{asm, global_asm};

#[cfg(target_arch = "x86_64")]
mod number {
    pub const WRITE: usize = 1;
    pub const NANOSLEEP: usize = 35;
    pub const GETUID: usize = 102;
    pub const GETGID: usize = 104;
    pub const GETCWD: usize = 79;
    pub const EXIT: usize = 60;
}
#[cfg(target_arch = "aarch64")]
mod number {
    pub const WRITE: usize = 64;
    pub const NANOSLEEP: usize = 101;
    pub const GETUID: usize = 174;
    pub const GETGID: usize = 176;
    pub const GETCWD: usize = 17;
    pub const EXIT: usize = 93;
}

// The kernel starts a program with argc and argv on the stack: hand its address to `start`.
#[cfg(target_arch = "x86_64")]
global_asm!(".globl _start", "_start:", "mov rdi, rsp", "and rsp, -16", "call {start}", "ud2", start = sym start);
#[cfg(target_arch = "aarch64")]
global_asm!(".globl _start", "_start:", "mov x0, sp", "bl {start}", "brk #0", start = sym start);

fn call(number: usize, a: usize, b: usize, c: usize) -> isize {
    let result: isize;
    // SAFETY: every caller below passes addresses of live buffers with their true lengths.
    unsafe {
        #[cfg(target_arch = "x86_64")]
        asm!("syscall", inlateout("rax") number as isize => result, in("rdi") a, in("rsi") b, in("rdx") c,
             lateout("rcx") _, lateout("r11") _, options(nostack));
        #[cfg(target_arch = "aarch64")]
        asm!("svc #0", in("x8") number, inlateout("x0") a as isize => result, in("x1") b, in("x2") c, options(nostack));
    }
    result
}

fn say(text: &[u8]) {
    call(number::WRITE, 1, text.as_ptr() as usize, text.len());
}

fn say_number(mut n: usize) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (n % 10) as u8;
        n /= 10;
        if n == 0 {
            break;
        }
    }
    say(&digits[at..]);
}

extern "C" fn start(stack: *const usize) -> ! {
    // SAFETY: the kernel puts argc, then argc pointers to NUL-terminated strings, at the start of the stack.
    let turns = unsafe {
        if *stack > 1 {
            let mut digit = *stack.add(2) as *const u8;
            let mut turns = 0usize;
            while (*digit).is_ascii_digit() {
                turns = turns.wrapping_mul(10).wrapping_add((*digit - b'0') as usize);
                digit = digit.add(1);
            }
            turns
        } else {
            usize::MAX
        }
    };
    let mut cwd = [0u8; 256];
    let length = call(number::GETCWD, cwd.as_mut_ptr() as usize, cwd.len(), 0);
    say(b"sleepd: awake in ");
    match cwd.get(..(length - 1) as usize) {
        Some(path) => say(path),
        None => say(b"an unknown directory"),
    }
    say(b" as uid ");
    say_number(call(number::GETUID, 0, 0, 0) as usize);
    say(b" gid ");
    say_number(call(number::GETGID, 0, 0, 0) as usize);
    say(b"\n");
    let mut turn = 0;
    while turn < turns {
        turn += 1;
        let time = [0usize, 200_000_000];
        call(number::NANOSLEEP, time.as_ptr() as usize, 0, 0);
        say(b"sleepd: slept ");
        say_number(turn);
        say(b" times\n");
    }
    say(b"sleepd: done\n");
    loop {
        call(number::EXIT, 0, 0, 0);
    }
}

/// The prebuilt core library names this symbol in its unwind tables; nothing here unwinds.
#[unsafe(no_mangle)]
extern "C" fn rust_eh_personality() {}

/// The compiler fills arrays with this.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, byte: i32, length: usize) -> *mut u8 {
    for i in 0..length {
        // SAFETY: the compiler passes a buffer of `length` bytes. Volatile, or this loop becomes a call of itself.
        unsafe { to.add(i).write_volatile(byte as u8) };
    }
    to
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {
        call(number::EXIT, 1, 0, 0);
    }
}
