//! ## What
//! A number for a new user or group that is given out elsewhere: 0 is root's, distributions give those up to 199
//! to accounts such as `48 apache`, 65534 is `nobody`, 65535 and 4294967295 mean none. With the name that
//! distributions give it, a number is fine. `reserved-uids` in `toe.toml` adds others.
//!
//! ## Why
//! A package may bring an account of that number: two names then own the same files.
//!
//! ## Bad
//! ```nail
//! GroupAdd 48 web
//!          ^^
//! GroupAdd 353 log
//! UserAdd 0 353 /srv/log /sbin/nologin log
//!         ^
//! ```
//!
//! ## Good
//! ```nail
//! GroupAdd 48 apache
//! GroupAdd 353 log
//! UserAdd 353 353 /srv/log /sbin/nologin log
//! ```

use super::unknown_group::LAST_STATIC;
use crate::rule::{Check, Findings, Rule};
use crate::steps::Steps;
use toe_plan::Step;
use toe_source::Severity;

/// The rule.
pub const RULE: Rule = Rule {
    code: "TOE506",
    name: "reserved-id",
    severity: Severity::Warning,
    fix: None,
    by_default: true,
    source: include_str!("reserved_id.rs"),
    check: Check::Steps(check),
};

/// Accounts that distributions bring with a number of their own, users and groups together (`setup` of Fedora
/// and its descendants).
const KNOWN: [(u32, &str); 127] = [
    (1, "bin"),
    (2, "daemon"),
    (3, "adm"),
    (3, "sys"),
    (4, "adm"),
    (4, "lp"),
    (5, "sync"),
    (5, "tty"),
    (6, "disk"),
    (6, "shutdown"),
    (7, "halt"),
    (7, "lp"),
    (8, "mail"),
    (8, "mem"),
    (9, "kmem"),
    (9, "news"),
    (10, "uucp"),
    (10, "wheel"),
    (11, "cdrom"),
    (11, "operator"),
    (12, "games"),
    (12, "mail"),
    (13, "news"),
    (14, "ftp"),
    (14, "uucp"),
    (15, "man"),
    (16, "oprofile"),
    (17, "pkiuser"),
    (18, "dialout"),
    (19, "floppy"),
    (20, "games"),
    (21, "slocate"),
    (22, "utmp"),
    (23, "squid"),
    (25, "named"),
    (26, "postgres"),
    (27, "mysql"),
    (28, "nscd"),
    (29, "rpcuser"),
    (32, "rpc"),
    (33, "tape"),
    (33, "www-data"),
    (35, "utempter"),
    (36, "kvm"),
    (37, "rpm"),
    (38, "ntp"),
    (39, "video"),
    (40, "dip"),
    (41, "mailman"),
    (42, "gdm"),
    (47, "mailnull"),
    (48, "apache"),
    (49, "wnn"),
    (50, "ftp"),
    (51, "smmsp"),
    (52, "puppet"),
    (53, "tomcat"),
    (54, "lock"),
    (55, "ldap"),
    (57, "nut"),
    (59, "tss"),
    (63, "audio"),
    (64, "condor"),
    (66, "pegasus"),
    (67, "webalizer"),
    (68, "haldaemon"),
    (69, "vcsa"),
    (70, "avahi"),
    (72, "tcpdump"),
    (74, "sshd"),
    (75, "radvd"),
    (76, "cyrus"),
    (76, "saslauth"),
    (77, "arpwatch"),
    (78, "fax"),
    (80, "desktop"),
    (81, "dbus"),
    (84, "screen"),
    (87, "polkituser"),
    (89, "postfix"),
    (90, "postdrop"),
    (91, "tomcat"),
    (92, "quagga"),
    (93, "exim"),
    (94, "distcache"),
    (95, "radiusd"),
    (96, "hsqldb"),
    (97, "dovecot"),
    (98, "ident"),
    (99, "nobody"),
    (100, "users"),
    (104, "input"),
    (105, "render"),
    (107, "qemu"),
    (113, "usbmuxd"),
    (133, "bacula"),
    (140, "ricci"),
    (141, "luci"),
    (155, "stapsys"),
    (156, "stapusr"),
    (157, "stapsys"),
    (158, "stapdev"),
    (160, "swift"),
    (161, "glance"),
    (162, "nova"),
    (163, "keystone"),
    (164, "neutron"),
    (165, "cinder"),
    (166, "ceilometer"),
    (167, "ceph"),
    (170, "avahi-autoipd"),
    (171, "pulse"),
    (172, "rtkit"),
    (173, "abrt"),
    (175, "ovirtagent"),
    (177, "dhcpd"),
    (179, "sanlock"),
    (187, "heat"),
    (188, "trove"),
    (189, "haclient"),
    (189, "hacluster"),
    (190, "systemd-journal"),
    (191, "systemd-journal-gateway"),
    (192, "systemd-network"),
    (193, "systemd-resolve"),
    (65534, "nobody"),
    (65534, "nogroup"),
];

fn check(steps: &Steps, found: &mut Findings) {
    for at in &steps.all {
        let (id, name) = match &at.step {
            Step::GroupAdd { gid, name } => (gid.0, name.as_str()),
            Step::UserAdd { uid, name, .. } => (uid.0, name.as_str()),
            _ => continue,
        };
        let known = KNOWN.iter().find(|known| known.0 == id).filter(|_| !KNOWN.contains(&(id, name)));
        // Below 200 a number may well be the one that its package gives the account.
        let is_taken = id == 0 || known.is_some() || id > LAST_STATIC;
        if !is_taken || !(id == 0 || found.project().is_reserved(id)) || KNOWN.contains(&(id, name)) {
            continue;
        }
        let message = match known {
            _ if id == 0 => "0 is the number of root".to_owned(),
            Some((_, known)) => format!("{id} is the number of `{known}` in distributions"),
            None => format!("{id} is a number that is given out elsewhere"),
        };
        found
            .add(at.word(0), message, "choose a number from 200 on that nobody has")
            .through(&at.included_from);
    }
}
