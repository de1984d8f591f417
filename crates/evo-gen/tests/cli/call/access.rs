//! Credentials, and kept sessions.

use evo_mock::Dialect;

use super::host::Host;

const PASSWORD: (&str, &str) = ("EVO_GEN_PASSWORD", "geheim");

/// Fails if the output contains a secret.
fn assert_no_secret(outcome: &crate::sandbox::Outcome) {
    for text in [&outcome.out, &outcome.err] {
        assert!(!text.contains("geheim") && !text.contains("Z2VoZWlt"), "{outcome:?}");
    }
}

#[test]
fn a_session_is_kept_until_the_user_signs_out() {
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let host = Host::start(dialect, &["ada:geheim:Keeper"]);
        let nobody = host.call(&["GetProfile"]).expect(7);
        assert!(nobody.err.starts_with("error: GetProfile: 401 "), "{}", nobody.err);
        let help = "  help: sign in with `--login USER`, or use `--bearer`, `--basic` or `--header`\n";
        assert!(nobody.err.ends_with(help), "{}", nobody.err);

        let outcome = host.call_with(&[PASSWORD], &["--login", "ada"], "").expect(0);
        assert_no_secret(&outcome);
        let path = host.sandbox.folder().join("state/evo-gen/sessions");
        let file = std::fs::read_dir(&path).unwrap().next().unwrap().unwrap();
        let name = file.file_name().into_string().unwrap();
        let expected = format!(
            "signed in to http://host as ada; the session is kept in FOLDER/state/evo-gen/sessions/{name} until `--logout`\n"
        );
        assert_eq!((outcome.out.as_str(), host.stable(&outcome.err)), ("", expected));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert!(!std::fs::read_to_string(file.path()).unwrap().contains("geheim"));

        host.call(&["GetProfile"]).expect(0);
        host.call(&["CreatePet", "name=Rex"]).expect(0);
        let shown = host.call(&["GetProfile", "--prepare"]).expect(0).out;
        assert!(shown.contains("cookie: <secret>\n"), "{shown}");

        let out = host.call(&["--logout"]).expect(0);
        assert_eq!(host.stable(&out.err), "signed out of http://host\n");
        assert!(!file.path().exists());
        host.call(&["GetProfile"]).expect(7);
        assert_eq!(host.stable(&host.call(&["--logout"]).expect(0).err), "no session of http://host is kept\n");
    }
}

#[test]
fn a_wrong_password_stores_no_session() {
    let host = Host::start(Dialect::Classic, &["ada:geheim"]);
    let outcome = host.call_with(&[("EVO_GEN_PASSWORD", "falsch")], &["GetProfile", "--login", "ada"], "").expect(7);
    assert!(outcome.err.starts_with("error: Authenticate: 401 ") && !outcome.err.contains("falsch"), "{}", outcome.err);
    assert!(!host.sandbox.path("state").exists());
    let unasked = host.call(&["GetProfile", "--login", "ada"]).expect(2);
    assert!(unasked.err.contains("set the environment variable `EVO_GEN_PASSWORD`"), "{}", unasked.err);
}

#[test]
fn a_session_and_other_access_exclude_each_other() {
    let host = Host::start(Dialect::Classic, &["ada:geheim"]);
    let message = "error: `--login` and `--logout` cannot be combined with other credentials\n";
    for arguments in [&["--logout"][..], &["GetProfile", "--login", "ada"]] {
        let outcome = host.call_with(&[("EVO_GEN_BEARER", "geheim"), PASSWORD], arguments, "").expect(2);
        assert!(outcome.err.starts_with(message), "{}", outcome.err);
    }
    host.call(&["GetProfile", "--bearer", "geheim"]).expect(0);
    // The document comes from the host, and its URL contains the user.
    let url = host.url.replace("http://", "http://ada:geheim@");
    let arguments = ["call", "GetProfile", "--url", &url, "--format", "json"];
    assert_eq!(host.sandbox.run(&arguments).expect(0).out, "{\"name\":\"Profile 1\"}\n");
}

#[test]
fn a_missing_role_is_distinguished_from_a_missing_sign_in() {
    let host = Host::start(Dialect::Classic, &["bob:geheim"]);
    let outcome = host.call(&["CreatePet", "name=Rex", "--basic", "bob:geheim"]).expect(7);
    assert!(outcome.err.starts_with("error: CreatePet: 403 "), "{}", outcome.err);
    assert!(!outcome.err.contains("--login"), "{}", outcome.err);
}

#[test]
fn secrets_are_never_printed() {
    let host = Host::start(Dialect::Classic, &["ada:geheim:Keeper"]);
    let ways = [
        (None, &["--bearer", "geheim"][..]),
        (None, &["--basic", "ada:geheim"]),
        (Some(("EVO_GEN_BEARER", "geheim")), &[]),
        (None, &["--header", "X-Own: geheim", "--basic", "ada:geheim"]),
        (Some(PASSWORD), &["--login", "ada"]),
    ];
    let calls: [(&[&str], i32); 6] = [
        (&["CreatePet", "name=Rex", "ownerPassword=geheim", "-v"], 0),
        (&["CreatePet", "name=Rex", "ownerPassword=geheim", "--prepare"], 0),
        (&["CreatePet", "name=Rex", "ownerPassword=geheim", "--curl"], 0),
        (&["CreatePet", "name=Rex", "ownerPassword=geheim", "--format", "json", "-v"], 0),
        (&["CreatePet", "name=", "ownerPassword=geheim", "--no-validate", "-v"], 8),
        (&["CreatePet", "--json", r#"{"ownerPassword":["geheim"]}"#], 2),
    ];
    for (variable, way) in ways {
        for (call, code) in calls {
            let outcome = host.call_with(variable.as_slice(), &[call, way].concat(), "").expect(code);
            assert_no_secret(&outcome);
        }
    }
}

#[test]
fn operations_of_service_stack_can_be_called() {
    for dialect in [Dialect::Classic, Dialect::Endpoints] {
        let host = Host::start(dialect, &["ada:geheim:Keeper"]);
        let call = |arguments: &[&str], code| host.call(arguments).expect(code);
        let arguments = ["authenticate", "provider=credentials", "userName=ada", "password=geheim", "--format", "json"];
        let answer: serde_json::Value = serde_json::from_str(&call(&arguments, 0).out).unwrap();
        assert_eq!(answer["roles"], serde_json::json!(["Keeper"]));
        let token = format!("refreshToken={}", answer["refreshToken"].as_str().unwrap());
        let access = call(&["ServiceStack.GetAccessToken", &token, "--format", "json"], 0).out;
        assert!(access.starts_with("{\"accessToken\":\""), "{access}");
        let refused = call(&["Authenticate", "userName=ada", "password=falsch"], 7);
        assert!(refused.err.starts_with("error: Authenticate: 401 Unauthorized: "), "{}", refused.err);
        let mistake = call(&["Authenticate", "paswort=geheim"], 2);
        assert_eq!(mistake.err, "error: Authenticate has no member `paswort`\n  help: did you mean `password`?\n");
        let shown = call(&["AssignRoles", "userName=bob", "roles=Keeper,Vet", "--prepare"], 0).out;
        assert!(shown.ends_with("\n\n{\"userName\":\"bob\",\"roles\":[\"Keeper\",\"Vet\"]}\n"), "{shown}");
        let secret = call(&["Register", "userName=bob", "password=geheim", "--prepare"], 0);
        assert_no_secret(&secret);
    }
}
