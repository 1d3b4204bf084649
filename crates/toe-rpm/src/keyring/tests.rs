use super::*;

#[test]
fn what_is_no_key_says_so() {
    for (bytes, reason) in [
        (&b""[..], "there is no public key in it"),
        (b"<html>not found</html>", "there is no public key in it"),
        (b"\x99\xff\xff", "it is no sequence of OpenPGP packets, or it is cut off"),
    ] {
        match Keyring::read(bytes, "KEY") {
            Err(Error::Key { reason: found, .. }) => assert_eq!(found, reason),
            other => panic!("{other:?}"),
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        let _ = Keyring::read(&bytes, "KEY");
        let _ = Keyring::read(&[&[0x99, 0, 20][..], &bytes].concat(), "KEY");
    }
}
