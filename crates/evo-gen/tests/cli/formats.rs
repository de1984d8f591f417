//! Output formats: JSON lines with the members in the guide, annotations for workflows, and closed pipes.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use serde_json::Value;

use super::sandbox::{CONFIG, PETS, Sandbox};

/// A document that causes a warning, in one line like those of services.
fn warned() -> String {
    let document: Value = serde_json::from_str(&PETS.replace("\"/pets", "\"/pets/{Gone}")).unwrap();
    document.to_string()
}

/// The members of each kind of line according to the guide.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/reports.md")).unwrap();
    let table = text.split("| `kind` | other members |\n|---|---|\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let mut kinds = BTreeMap::new();
    for row in table.lines() {
        let (names, members) = row.trim_matches('|').split_once('|').unwrap();
        let quoted = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
        kinds.extend(quoted(names).into_iter().map(|name| (name, quoted(members))));
    }
    kinds
}

#[test]
fn json_lines_have_the_members_in_the_guide() {
    let sandbox = Sandbox::pets();
    let mut lines = Vec::new();
    let mut run = |sandbox: &Sandbox, arguments: &[&str]| {
        let outcome = sandbox.run(&[arguments, &["--format", "json"]].concat());
        lines.extend(
            outcome.out.lines().chain(outcome.err.lines()).map(|line| serde_json::from_str::<Value>(line).unwrap()),
        );
    };
    run(&sandbox, &["--check"]);
    run(&sandbox, &["--dry-run"]);
    run(&sandbox, &["--file", "metadata.json", "--out", "src/other"]);
    run(&sandbox, &[]);
    run(&sandbox, &["--check"]);
    sandbox.write("new.json", &warned());
    run(&sandbox, &["--file", "new.json"]);
    run(&sandbox, &["--deny", "warnings"]);
    sandbox.write("evo-gen.toml", &format!("{CONFIG}rename.'Pets.Api.Kind' = 'Species'\n"));
    run(&sandbox, &[]);
    sandbox.write("evo-gen.toml", CONFIG);
    run(&sandbox, &[]);
    sandbox.write("evo-gen.toml", &format!("{CONFIG}include = ['x']\n"));
    run(&sandbox, &[]);
    run(&sandbox, &["--url", "ftp://x"]);
    sandbox.write("old.json", PETS);
    sandbox.write("new.json", &PETS.replace("\"Name\", \"type\": \"String\"", "\"Id\", \"type\": \"String\""));
    run(&sandbox, &["diff", "old.json", "new.json", "--no-config"]);
    run(&sandbox, &["explain"]);
    run(&sandbox, &["explain", "EVO0040"]);
    let documented = documented();
    let mut seen = BTreeSet::new();
    for line in &lines {
        let kind = line["kind"].as_str().unwrap();
        let members = documented.get(kind).unwrap_or_else(|| panic!("`{kind}` is not documented: {line}"));
        let warning = &documented["warning"];
        for member in line.as_object().unwrap().keys().filter(|member| *member != "kind") {
            let is_known = members.contains(member) || (kind == "error" && warning.contains(member));
            assert!(is_known, "`{member}` of `{kind}` is not documented: {line}");
        }
        seen.insert(kind);
    }
    for kind in ["error", "warning", "summary", "change", "verdict", "name", "file", "diff", "hint", "code"] {
        assert!(seen.contains(kind), "{kind} was not seen");
    }
}

#[test]
fn json_lines_have_file_line_and_column() {
    let sandbox = Sandbox::pets();
    let document = warned();
    sandbox.write("metadata.json", &document);
    let outcome = sandbox.run(&["--dry-run", "--format", "json"]).expect(0);
    let warning: Value = serde_json::from_str(outcome.err.lines().next().unwrap()).unwrap();
    let column = document.find("\"/pets/{Gone}").unwrap() + 1;
    let place = [&warning["file"], &warning["line"], &warning["column"]].map(ToString::to_string);
    assert_eq!(place[1..], ["1".to_owned(), column.to_string()], "{warning}");
    assert!(place[0].ends_with("metadata.json\""), "{warning}");
    // The location is in the file, although the excerpt is pretty-printed.
    let human = sandbox.run(&["--dry-run"]).expect(0);
    assert!(human.err.contains(&format!("metadata.json:1:{column}\n")), "{human:?}");

    for (config, document, place) in [
        (format!("{CONFIG}\ninclude = ['x']"), PETS, ("evo-gen.toml", 4, 12)),
        (format!("{CONFIG}visibility = 'x'"), PETS, ("evo-gen.toml", 3, 14)),
        (CONFIG.to_owned(), "{\n  \"types\": [,]\n}", ("metadata.json", 2, 13)),
    ] {
        sandbox.write("evo-gen.toml", &config);
        sandbox.write("metadata.json", document);
        let outcome = sandbox.run(&["--format", "json"]);
        let error: Value = serde_json::from_str(outcome.err.lines().last().unwrap()).unwrap();
        assert!(error["file"].as_str().unwrap().ends_with(place.0), "{error}");
        assert_eq!((&error["line"], &error["column"]), (&place.1.into(), &place.2.into()), "{error}");
    }
}

#[test]
fn workflows_get_annotations() {
    let sandbox = Sandbox::pets();
    sandbox.write("metadata.json", &PETS.replace("\"/pets", "\"/pets/{Gone}"));
    let outcome = sandbox.run(&["--format", "github", "--check"]).expect(1);
    let annotations: Vec<&str> = outcome.out.lines().filter(|line| line.starts_with("::")).collect();
    assert!(
        annotations[0].starts_with("::warning file=metadata.json,line=")
            && annotations[0].contains("::EVO0040: the route /pets/{Gone}"),
        "{annotations:?}"
    );
    assert!(annotations[0].contains("(Pets.Api.FindPets)%0Ahelp: "), "{annotations:?}");
    assert_eq!(
        annotations[1..],
        [
            "::error file=src/api/.evo-gen.json::the file is out of date; run evo-gen",
            "::error file=src/api/mod.rs::the file is out of date; run evo-gen"
        ]
    );
    let denied = sandbox.run(&["--format", "github", "--deny", "EVO0040"]).expect(4);
    assert!(denied.out.starts_with("::error file=metadata.json,line="), "{denied:?}");
    sandbox.write("evo-gen.toml", &format!("{CONFIG}sorce = ''\n"));
    let outcome = sandbox.run(&["--format=github"]).expect(2);
    assert_eq!(
        outcome.out,
        "::error file=evo-gen.toml,line=3,col=1::unknown key `sorce`%0Ahelp: did you mean `source`?\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let sandbox = Sandbox::pets();
    for arguments in [
        &["list"][..],
        &["show", "FindPets", "--format", "json"],
        &["call", "FindPets", "--template"],
        &["diff", "metadata.json", "metadata.json"],
        &["completions", "bash"],
        &["explain"],
        &["--check"],
    ] {
        let mut command = sandbox.command("", arguments);
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let outcome = command.stdin(Stdio::null()).stdout(full).stderr(Stdio::piped()).output().unwrap();
        let error = String::from_utf8(outcome.stderr).unwrap();
        assert!(error.contains("standard output cannot be written"), "{arguments:?}: {error}");
        assert!(error.contains("No space left on device"), "{arguments:?}: {error}");
        assert_eq!(outcome.status.code(), Some(5), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let sandbox = Sandbox::pets();
    for arguments in [
        &["completions", "bash"][..],
        &["completions", "zsh"],
        &["--help"],
        &["new", "--help"],
        &["--version"],
        &["explain"],
        &["explain", "EVO0040"],
        &["explain", "--format", "json"],
        &["--check"],
        &["--check", "--format", "json"],
        &["--dry-run"],
        &["--dry-run", "--format", "github"],
        &["--nonsense"],
        &["--nonsense", "--format", "json"],
    ] {
        let mut command = sandbox.command("", arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // The reader closes the pipe before the first line.
        drop(child.stdout.take());
        let errors = child.wait_with_output().unwrap();
        let text = String::from_utf8_lossy(&errors.stderr);
        assert!(
            errors.status.code().is_some_and(|code| code < 3) && !text.contains("panicked"),
            "{arguments:?}: {text}"
        );
    }
    let mut command = sandbox.command("", &["--nonsense"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn a_missing_input_is_reported_once_with_suitable_help() {
    let sandbox = Sandbox::pets();
    std::fs::remove_file(sandbox.path("metadata.json")).unwrap();
    for (url, help) in
        [("", "fetch it with `evo-gen --url URL`"), ("url = 'https://x.org'\n", "fetch it with `evo-gen --url`")]
    {
        sandbox.write("evo-gen.toml", &format!("{url}{CONFIG}"));
        let outcome = sandbox.run(&[]).expect(3);
        let line = url.lines().count() + 1;
        let expected =
            format!("error: the stored document of `pets` is missing: {}\n", sandbox.path("metadata.json").display());
        assert!(outcome.err.starts_with(&expected), "{outcome:?}");
        assert!(
            outcome.err.contains(&format!("evo-gen.toml:{line}:1\n  help: {help}, or correct `source`\n")),
            "{outcome:?}"
        );
    }
    let outcome = sandbox.run(&["--file", "nothing.json", "--out", "src/api"]).expect(3);
    assert_eq!(outcome.err.matches("No such file").count(), usize::from(cfg!(unix)), "{outcome:?}");
    let folder = sandbox.run(&["--file", "src", "--out", "src/api"]).expect(3);
    assert_eq!(folder.err.matches("directory").count(), usize::from(cfg!(unix)), "{folder:?}");
}

#[test]
fn backslashes_in_paths_are_rejected() {
    let sandbox = Sandbox::pets();
    if cfg!(windows) {
        return;
    }
    let outcome = sandbox.run(&["--file", "metadata.json", "--out", "src\\api"]).expect(2);
    assert!(
        outcome.err.contains("`src\\api` contains a backslash") && outcome.err.contains("at: --out"),
        "{outcome:?}"
    );
    sandbox.write("evo-gen.toml", "source = \"metadata.json\"\noutput = \"src\\\\generated\"\n");
    let outcome = sandbox.run(&[]).expect(2);
    assert!(outcome.err.contains("evo-gen.toml:2:1\n"), "{outcome:?}");
    let outcome = sandbox.run(&["--file", "docs\\metadata.json", "--out", "src/api"]).expect(3);
    assert!(outcome.err.contains("use `/`, which works on every platform"), "{outcome:?}");
}

#[test]
fn insecure_prints_a_warning_in_each_run() {
    let sandbox = Sandbox::pets();
    for (format, expected) in [
        ("human", "warning: --insecure: certificates are not checked; "),
        ("json", r#"{"kind":"warning","message":"--insecure: certificates are not checked; "#),
    ] {
        for quiet in [&[][..], &["-q"]] {
            let arguments = ["--insecure", "--url", "http://127.0.0.1:9", "--out", "src/api", "--format", format];
            let outcome = sandbox.run(&[&arguments, quiet].concat()).expect(3);
            assert!(outcome.err.starts_with(expected), "{outcome:?}");
        }
    }
}
