//! Malformed credentials and certificates, and servers that do not respond in time.

use super::sandbox::{PETS, Sandbox, serve};

#[test]
fn malformed_access_is_reported_with_its_flag() {
    let sandbox = Sandbox::pets();
    let server = serve(PETS);
    let url = server.base();
    let variable = "help: check the variable that it comes from, or remove the flag";
    let path = "help: check the path; it is relative to the current folder";
    let pem = "help: use a PEM file, which begins with `-----BEGIN CERTIFICATE-----`";
    for (flag, value, place, message, help) in [
        ("--bearer", "", "--bearer", "the token is empty", variable),
        ("--bearer", " ", "--bearer", "the token is empty", variable),
        ("--cookie", "s3cret", "--cookie", "a cookie has no `=`", "help: write `name=value; other=value`"),
        ("--cookie", "a=1; s3cret", "--cookie", "a cookie has no `=`", "help: write `name=value; other=value`"),
        ("--header", "s3cret", "--header", "a header has no colon", "help: write `Name: value`"),
        ("--header", ": s3cret", "--header", "a header has no name", "help: write `Name: value`"),
        (
            "--basic",
            "s3cret",
            "--basic",
            "the user and password for Basic authentication are not separated by a colon",
            "help: write `user:password`",
        ),
        ("--ca", "none.pem", "none.pem", "the certificates of `--ca` cannot be read", path),
        ("--ca", "metadata.json", "metadata.json", "the certificates of `--ca` cannot be read", pem),
    ] {
        for command in [&["--url", &url][..], &["list", "--url", &url], &["init", "--url", &url]] {
            let outcome = sandbox.run(&[command, &[flag, value]].concat()).expect(2);
            let expected = format!("error: {message}\n  at: {place}\n  {help}\n");
            assert!(outcome.err.starts_with(&expected), "{flag} {value}: {outcome:?}");
            assert!(!outcome.err.contains("s3cret"), "{outcome:?}");
        }
    }
    assert_eq!(server.paths(), [""; 0], "nothing is sent");
    for (variable, value) in
        [("EVO_GEN_COOKIE", "s3cret"), ("EVO_GEN_HEADERS", ": s3cret"), ("EVO_GEN_BASIC", "s3cret")]
    {
        let outcome = sandbox.run_with(&[(variable, value)], &["--url", &url]).expect(2);
        assert!(outcome.err.contains(&format!("\n  at: {variable}\n")), "{outcome:?}");
    }
}

#[test]
fn the_time_limit_is_between_a_second_and_a_day() {
    let sandbox = Sandbox::pets();
    for seconds in ["0", "86401", "-1", "soon"] {
        let timeout = format!("--timeout={seconds}");
        let outcome = sandbox.run(&["--url", "http://localhost:9", &timeout]).expect(2);
        assert!(outcome.err.contains("--timeout <SECONDS>"), "{outcome:?}");
    }
}
