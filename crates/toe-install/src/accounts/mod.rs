//! Users and groups of the SOCK, as shadow-utils would add them.
//!
//! `groupadd -g`, `useradd -u -g -d -s -m -N -r` and `usermod -c` on `passwd`, `group`, `shadow`,
//! `gshadow` and the home directory. Not done, because only the foot and packages put files into a
//! SOCK: the backups `passwd-`, `group-`, `shadow-`, `gshadow-` and the lock file `.pwd.lock`.

mod error;
mod group_add;
mod home;
mod key_value;
mod table;
mod user_add;
mod user_comment;

pub use error::AccountError;
pub use group_add::group_add;
pub use user_add::{NewUser, user_add};
pub use user_comment::set_comment;

const GROUP: &str = "/etc/group";
const GSHADOW: &str = "/etc/gshadow";
const PASSWD: &str = "/etc/passwd";
const SHADOW: &str = "/etc/shadow";
