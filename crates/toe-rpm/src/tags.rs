//! Tag numbers of rpm headers, and the flag bits of their values.
//!
//! Names and numbers are rpm's own (`rpmtag.h`, `rpmds.h`, `rpmfiles.h`).

/// Region of a signature header.
pub const HEADER_SIGNATURES: u32 = 62;
/// Region of a main header.
pub const HEADER_IMMUTABLE: u32 = 63;
/// Locales of the i18n strings.
pub const HEADER_I18NTABLE: u32 = 100;
/// Name.
pub const NAME: u32 = 1000;
/// Version.
pub const VERSION: u32 = 1001;
/// Release.
pub const RELEASE: u32 = 1002;
/// Epoch.
pub const EPOCH: u32 = 1003;
/// Summary (i18n).
pub const SUMMARY: u32 = 1004;
/// Description (i18n).
pub const DESCRIPTION: u32 = 1005;
/// Seconds since 1970.
pub const BUILDTIME: u32 = 1006;
/// Host of the build.
pub const BUILDHOST: u32 = 1007;
/// Seconds since 1970; database only.
pub const INSTALLTIME: u32 = 1008;
/// Installed size in bytes.
pub const SIZE: u32 = 1009;
/// Distribution.
pub const DISTRIBUTION: u32 = 1010;
/// Vendor.
pub const VENDOR: u32 = 1011;
/// Licence.
pub const LICENSE: u32 = 1014;
/// Packager.
pub const PACKAGER: u32 = 1015;
/// Group (i18n).
pub const GROUP: u32 = 1016;
/// URL.
pub const URL: u32 = 1020;
/// Operating system.
pub const OS: u32 = 1021;
/// Architecture.
pub const ARCH: u32 = 1022;
/// %pre body.
pub const PREIN: u32 = 1023;
/// %post body.
pub const POSTIN: u32 = 1024;
/// %preun body.
pub const PREUN: u32 = 1025;
/// %postun body.
pub const POSTUN: u32 = 1026;
/// Whole paths of packages before 1999.
pub const OLDFILENAMES: u32 = 1027;
/// File sizes.
pub const FILESIZES: u32 = 1028;
/// File states; database only.
pub const FILESTATES: u32 = 1029;
/// File modes, type included.
pub const FILEMODES: u32 = 1030;
/// Device numbers, 16 bit.
pub const FILERDEVS: u32 = 1033;
/// Modification times.
pub const FILEMTIMES: u32 = 1034;
/// File digests, hexadecimal.
pub const FILEDIGESTS: u32 = 1035;
/// Link targets.
pub const FILELINKTOS: u32 = 1036;
/// File flags.
pub const FILEFLAGS: u32 = 1037;
/// Owners.
pub const FILEUSERNAME: u32 = 1039;
/// Groups.
pub const FILEGROUPNAME: u32 = 1040;
/// Name of the source package.
pub const SOURCERPM: u32 = 1044;
/// What `rpm -V` compares.
pub const FILEVERIFYFLAGS: u32 = 1045;
/// Size of the uncompressed payload.
pub const ARCHIVESIZE: u32 = 1046;
/// Provides: names.
pub const PROVIDENAME: u32 = 1047;
/// Requires: flags.
pub const REQUIREFLAGS: u32 = 1048;
/// Requires: names.
pub const REQUIRENAME: u32 = 1049;
/// Requires: versions.
pub const REQUIREVERSION: u32 = 1050;
/// Conflicts: flags.
pub const CONFLICTFLAGS: u32 = 1053;
/// Conflicts: names.
pub const CONFLICTNAME: u32 = 1054;
/// Conflicts: versions.
pub const CONFLICTVERSION: u32 = 1055;
/// Version of the builder.
pub const RPMVERSION: u32 = 1064;
/// Trigger bodies.
pub const TRIGGERSCRIPTS: u32 = 1065;
/// Trigger conditions: names.
pub const TRIGGERNAME: u32 = 1066;
/// Trigger conditions: versions.
pub const TRIGGERVERSION: u32 = 1067;
/// Trigger conditions: flags.
pub const TRIGGERFLAGS: u32 = 1068;
/// Trigger conditions: which body.
pub const TRIGGERINDEX: u32 = 1069;
/// %verifyscript body.
pub const VERIFYSCRIPT: u32 = 1079;
/// Changelog times.
pub const CHANGELOGTIME: u32 = 1080;
/// Changelog names.
pub const CHANGELOGNAME: u32 = 1081;
/// Changelog texts.
pub const CHANGELOGTEXT: u32 = 1082;
/// %pre interpreter.
pub const PREINPROG: u32 = 1085;
/// %post interpreter.
pub const POSTINPROG: u32 = 1086;
/// %preun interpreter.
pub const PREUNPROG: u32 = 1087;
/// %postun interpreter.
pub const POSTUNPROG: u32 = 1088;
/// Obsoletes: names.
pub const OBSOLETENAME: u32 = 1090;
/// %verifyscript interpreter.
pub const VERIFYSCRIPTPROG: u32 = 1091;
/// Trigger interpreters.
pub const TRIGGERSCRIPTPROG: u32 = 1092;
/// Build cookie.
pub const COOKIE: u32 = 1094;
/// Devices, for hard-link sets.
pub const FILEDEVICES: u32 = 1095;
/// Inodes, for hard-link sets.
pub const FILEINODES: u32 = 1096;
/// File languages.
pub const FILELANGS: u32 = 1097;
/// Relocation prefixes.
pub const PREFIXES: u32 = 1098;
/// Prefixes as installed; database only.
pub const INSTPREFIXES: u32 = 1099;
/// Present in source packages.
pub const SOURCEPACKAGE: u32 = 1106;
/// Provides: flags.
pub const PROVIDEFLAGS: u32 = 1112;
/// Provides: versions.
pub const PROVIDEVERSION: u32 = 1113;
/// Obsoletes: flags.
pub const OBSOLETEFLAGS: u32 = 1114;
/// Obsoletes: versions.
pub const OBSOLETEVERSION: u32 = 1115;
/// Which directory a file is in.
pub const DIRINDEXES: u32 = 1116;
/// Base names.
pub const BASENAMES: u32 = 1117;
/// Directories, each ending in a slash.
pub const DIRNAMES: u32 = 1118;
/// Compiler flags.
pub const OPTFLAGS: u32 = 1122;
/// `cpio` or `drpm`.
pub const PAYLOADFORMAT: u32 = 1124;
/// Compressor.
pub const PAYLOADCOMPRESSOR: u32 = 1125;
/// Compression level.
pub const PAYLOADFLAGS: u32 = 1126;
/// Transaction colour; database only.
pub const INSTALLCOLOR: u32 = 1127;
/// Transaction id; database only.
pub const INSTALLTID: u32 = 1128;
/// Platform.
pub const PLATFORM: u32 = 1132;
/// File colours.
pub const FILECOLORS: u32 = 1140;
/// File classes.
pub const FILECLASS: u32 = 1141;
/// Names of the file classes.
pub const CLASSDICT: u32 = 1142;
/// Dependencies of files.
pub const FILEDEPENDSX: u32 = 1143;
/// Dependencies of files.
pub const FILEDEPENDSN: u32 = 1144;
/// Dependencies of files.
pub const DEPENDSDICT: u32 = 1145;
/// MD5 of the source package.
pub const SOURCEPKGID: u32 = 1146;
/// %pretrans body.
pub const PRETRANS: u32 = 1151;
/// %posttrans body.
pub const POSTTRANS: u32 = 1152;
/// %pretrans interpreter.
pub const PRETRANSPROG: u32 = 1153;
/// %posttrans interpreter.
pub const POSTTRANSPROG: u32 = 1154;
/// File sizes, 64 bit.
pub const LONGFILESIZES: u32 = 5008;
/// Installed size, 64 bit.
pub const LONGSIZE: u32 = 5009;
/// File capabilities as text.
pub const FILECAPS: u32 = 5010;
/// Algorithm of the file digests (OpenPGP number).
pub const FILEDIGESTALGO: u32 = 5011;
/// Where to report bugs.
pub const BUGURL: u32 = 5012;
/// `utf-8`.
pub const ENCODING: u32 = 5062;
/// %pre flags.
pub const PREINFLAGS: u32 = 5020;
/// %post flags.
pub const POSTINFLAGS: u32 = 5021;
/// %preun flags.
pub const PREUNFLAGS: u32 = 5022;
/// %postun flags.
pub const POSTUNFLAGS: u32 = 5023;
/// %pretrans flags.
pub const PRETRANSFLAGS: u32 = 5024;
/// %posttrans flags.
pub const POSTTRANSFLAGS: u32 = 5025;
/// %verifyscript flags.
pub const VERIFYSCRIPTFLAGS: u32 = 5026;
/// Trigger flags.
pub const TRIGGERSCRIPTFLAGS: u32 = 5027;
/// Recommends: names.
pub const RECOMMENDNAME: u32 = 5046;
/// Recommends: versions.
pub const RECOMMENDVERSION: u32 = 5047;
/// Recommends: flags.
pub const RECOMMENDFLAGS: u32 = 5048;
/// Suggests: names.
pub const SUGGESTNAME: u32 = 5049;
/// Suggests: versions.
pub const SUGGESTVERSION: u32 = 5050;
/// Suggests: flags.
pub const SUGGESTFLAGS: u32 = 5051;
/// Supplements: names.
pub const SUPPLEMENTNAME: u32 = 5052;
/// Supplements: versions.
pub const SUPPLEMENTVERSION: u32 = 5053;
/// Supplements: flags.
pub const SUPPLEMENTFLAGS: u32 = 5054;
/// Enhances: names.
pub const ENHANCENAME: u32 = 5055;
/// Enhances: versions.
pub const ENHANCEVERSION: u32 = 5056;
/// Enhances: flags.
pub const ENHANCEFLAGS: u32 = 5057;
/// File trigger bodies.
pub const FILETRIGGERSCRIPTS: u32 = 5066;
/// File trigger interpreters.
pub const FILETRIGGERSCRIPTPROG: u32 = 5067;
/// File trigger flags.
pub const FILETRIGGERSCRIPTFLAGS: u32 = 5068;
/// File trigger prefixes.
pub const FILETRIGGERNAME: u32 = 5069;
/// File triggers: which body.
pub const FILETRIGGERINDEX: u32 = 5070;
/// File trigger versions.
pub const FILETRIGGERVERSION: u32 = 5071;
/// File trigger senses.
pub const FILETRIGGERFLAGS: u32 = 5072;
/// Transaction file trigger bodies.
pub const TRANSFILETRIGGERSCRIPTS: u32 = 5076;
/// Transaction file trigger interpreters.
pub const TRANSFILETRIGGERSCRIPTPROG: u32 = 5077;
/// Transaction file trigger flags.
pub const TRANSFILETRIGGERSCRIPTFLAGS: u32 = 5078;
/// Transaction file trigger prefixes.
pub const TRANSFILETRIGGERNAME: u32 = 5079;
/// Transaction file triggers: which body.
pub const TRANSFILETRIGGERINDEX: u32 = 5080;
/// Transaction file trigger versions.
pub const TRANSFILETRIGGERVERSION: u32 = 5081;
/// Transaction file trigger senses.
pub const TRANSFILETRIGGERFLAGS: u32 = 5082;
/// File trigger priorities.
pub const FILETRIGGERPRIORITIES: u32 = 5084;
/// Transaction file trigger priorities.
pub const TRANSFILETRIGGERPRIORITIES: u32 = 5085;
/// IMA signatures.
pub const FILESIGNATURES: u32 = 5090;
/// Length of the IMA signatures.
pub const FILESIGNATURELENGTH: u32 = 5091;
/// SHA-256 of the compressed payload.
pub const PAYLOADSHA256: u32 = 5092;
/// Algorithm of 5092 (OpenPGP number).
pub const PAYLOADSHA256ALGO: u32 = 5093;
/// SHA-256 of the uncompressed payload.
pub const PAYLOADSHA256ALT: u32 = 5097;
/// %preuntrans body.
pub const PREUNTRANS: u32 = 5103;
/// %postuntrans body.
pub const POSTUNTRANS: u32 = 5104;
/// %preuntrans interpreter.
pub const PREUNTRANSPROG: u32 = 5105;
/// %postuntrans interpreter.
pub const POSTUNTRANSPROG: u32 = 5106;
/// %preuntrans flags.
pub const PREUNTRANSFLAGS: u32 = 5107;
/// %postuntrans flags.
pub const POSTUNTRANSFLAGS: u32 = 5108;
/// Size of the compressed payload (v6).
pub const PAYLOADSIZE: u32 = 5112;
/// Size of the uncompressed payload (v6).
pub const PAYLOADSIZEALT: u32 = 5113;
/// Package format, 4 or 6.
pub const RPMFORMAT: u32 = 5114;
/// SHA-512 of the compressed payload (v6).
pub const PAYLOADSHA512: u32 = 5121;
/// SHA-512 of the uncompressed payload (v6).
pub const PAYLOADSHA512ALT: u32 = 5122;
/// SHA3-256 of the compressed payload (v6).
pub const PAYLOADSHA3_256: u32 = 5123;
/// SHA3-256 of the uncompressed payload (v6).
pub const PAYLOADSHA3_256ALT: u32 = 5124;

/// Tags of the signature header.
pub mod sig {
    /// OpenPGP signature of the main header (DSA, EdDSA, ECDSA).
    pub const DSA: u32 = 267;
    /// OpenPGP signature of the main header (RSA).
    pub const RSA: u32 = 268;
    /// SHA-1 of the main header, hexadecimal.
    pub const SHA1: u32 = 269;
    /// Bytes of main header and payload, 64 bit.
    pub const LONGSIZE: u32 = 270;
    /// Size of the uncompressed payload, 64 bit.
    pub const LONGARCHIVESIZE: u32 = 271;
    /// SHA-256 of the main header, hexadecimal.
    pub const SHA256: u32 = 273;
    /// IMA signatures.
    pub const FILESIGNATURES: u32 = 274;
    /// Length of the IMA signatures.
    pub const FILESIGNATURELENGTH: u32 = 275;
    /// fs-verity signatures.
    pub const VERITYSIGNATURES: u32 = 276;
    /// Algorithm of the fs-verity signatures.
    pub const VERITYSIGNATUREALGO: u32 = 277;
    /// OpenPGP signatures of the main header, base64 (v6).
    pub const OPENPGP: u32 = 278;
    /// SHA3-256 of the main header, hexadecimal (v6).
    pub const SHA3_256: u32 = 279;
    /// Room for later signatures (v6).
    pub const RESERVED: u32 = 999;
    /// Bytes of main header and payload.
    pub const SIZE: u32 = 1000;
    /// OpenPGP signature of main header and payload (RSA, v3).
    pub const PGP: u32 = 1002;
    /// MD5 of main header and payload.
    pub const MD5: u32 = 1004;
    /// OpenPGP signature of main header and payload (DSA, v3).
    pub const GPG: u32 = 1005;
    /// Size of the uncompressed payload.
    pub const PAYLOADSIZE: u32 = 1007;
    /// Room for later signatures.
    pub const RESERVEDSPACE: u32 = 1008;
}

/// Tags that only headers of the database have, beside those marked so above.
pub mod db {
    /// Signature tag 1000.
    pub const SIGSIZE: u32 = 257;
    /// Signature tag 1002.
    pub const SIGPGP: u32 = 259;
    /// Signature tag 1004.
    pub const SIGMD5: u32 = 261;
    /// Signature tag 1005.
    pub const SIGGPG: u32 = 262;
    /// Keys of a gpg-pubkey record, base64.
    pub const PUBKEYS: u32 = 266;
}

/// Bits of FILEFLAGS (1037).
pub mod file_flags {
    /// %config.
    pub const CONFIG: u32 = 1;
    /// %doc.
    pub const DOC: u32 = 1 << 1;
    /// %config(missingok).
    pub const MISSINGOK: u32 = 1 << 3;
    /// %config(noreplace).
    pub const NOREPLACE: u32 = 1 << 4;
    /// %ghost.
    pub const GHOST: u32 = 1 << 6;
    /// %license.
    pub const LICENSE: u32 = 1 << 7;
    /// %readme.
    pub const README: u32 = 1 << 8;
    /// %artifact.
    pub const ARTIFACT: u32 = 1 << 12;
}

/// Bits of the flags of dependencies and triggers.
pub mod sense {
    /// `<`.
    pub const LESS: u32 = 1 << 1;
    /// `>`.
    pub const GREATER: u32 = 1 << 2;
    /// `=`.
    pub const EQUAL: u32 = 1 << 3;
    /// Requires(posttrans).
    pub const POSTTRANS: u32 = 1 << 5;
    /// PreReq of old packages.
    pub const PREREQ: u32 = 1 << 6;
    /// Requires(pretrans).
    pub const PRETRANS: u32 = 1 << 7;
    /// Interpreter of a scriptlet.
    pub const INTERP: u32 = 1 << 8;
    /// Requires(pre).
    pub const SCRIPT_PRE: u32 = 1 << 9;
    /// Requires(post).
    pub const SCRIPT_POST: u32 = 1 << 10;
    /// Requires(preun).
    pub const SCRIPT_PREUN: u32 = 1 << 11;
    /// Requires(postun).
    pub const SCRIPT_POSTUN: u32 = 1 << 12;
    /// Requires(verify).
    pub const SCRIPT_VERIFY: u32 = 1 << 13;
    /// Found by a generator.
    pub const FIND_REQUIRES: u32 = 1 << 14;
    /// Found by a generator.
    pub const FIND_PROVIDES: u32 = 1 << 15;
    /// %triggerin.
    pub const TRIGGERIN: u32 = 1 << 16;
    /// %triggerun.
    pub const TRIGGERUN: u32 = 1 << 17;
    /// %triggerpostun.
    pub const TRIGGERPOSTUN: u32 = 1 << 18;
    /// Weak.
    pub const MISSINGOK: u32 = 1 << 19;
    /// Requires(preuntrans).
    pub const PREUNTRANS: u32 = 1 << 20;
    /// Requires(postuntrans).
    pub const POSTUNTRANS: u32 = 1 << 21;
    /// Feature of rpm itself.
    pub const RPMLIB: u32 = 1 << 24;
    /// %triggerprein.
    pub const TRIGGERPREIN: u32 = 1 << 25;
    /// Of a gpg-pubkey record.
    pub const KEYRING: u32 = 1 << 26;
    /// Of a config file.
    pub const CONFIG: u32 = 1 << 28;
    /// Requires(meta).
    pub const META: u32 = 1 << 29;
}

/// Bits of the scriptlet flags (5020 to 5027, 5068, 5078).
pub mod script_flags {
    /// Macros in the body are expanded at install (`-e`).
    pub const EXPAND: u32 = 1;
    /// The body is a query format (`-q`).
    pub const QFORMAT: u32 = 1 << 1;
    /// A failure fails the package (`-c`).
    pub const CRITICAL: u32 = 1 << 2;
}

/// Bits of FILEVERIFYFLAGS (1045).
pub mod verify_flags {
    /// Digest.
    pub const DIGEST: u32 = 1;
    /// Size.
    pub const SIZE: u32 = 1 << 1;
    /// Link target.
    pub const LINKTO: u32 = 1 << 2;
    /// Owner.
    pub const USER: u32 = 1 << 3;
    /// Group.
    pub const GROUP: u32 = 1 << 4;
    /// Modification time.
    pub const MTIME: u32 = 1 << 5;
    /// Mode.
    pub const MODE: u32 = 1 << 6;
    /// Device numbers.
    pub const RDEV: u32 = 1 << 7;
    /// Capabilities.
    pub const CAPS: u32 = 1 << 8;
}

/// Types of header entries.
pub mod data_type {
    /// Nothing.
    pub const NULL: u32 = 0;
    /// One byte each.
    pub const CHAR: u32 = 1;
    /// 8 bit.
    pub const INT8: u32 = 2;
    /// 16 bit, big endian.
    pub const INT16: u32 = 3;
    /// 32 bit, big endian.
    pub const INT32: u32 = 4;
    /// 64 bit, big endian.
    pub const INT64: u32 = 5;
    /// One text, NUL terminated.
    pub const STRING: u32 = 6;
    /// Bytes.
    pub const BIN: u32 = 7;
    /// Texts, each NUL terminated.
    pub const STRING_ARRAY: u32 = 8;
    /// A text in each locale of HEADER_I18NTABLE.
    pub const I18NSTRING: u32 = 9;
}
