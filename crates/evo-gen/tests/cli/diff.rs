//! `evo-gen diff`.

use std::process::Command;

use serde_json::{Value, json};

use super::sandbox::{CONFIG, PETS, Sandbox, serve};

/// PETS with ten edits, one of each kind that people make.
fn edited() -> String {
    PETS.replace("\"Cat\", \"Dog\"", "\"Cat\", \"Fish\"")
        .replace("\"actions\": [\"GET\"], \"method\": \"GET\"", "\"actions\": [\"POST\"], \"method\": \"POST\", \"requiresAuth\": true")
        .replace("\"path\": \"/pets\", \"verbs\": \"GET\"", "\"path\": \"/animals\", \"verbs\": \"POST\"")
        .replace(
            "\"properties\": [{ \"name\": \"Name\", \"type\": \"String\" }] }",
            "\"description\": \"Finds.\", \"properties\": [{ \"name\": \"Name\", \"type\": \"String\", \"isRequired\": true }, \
             { \"name\": \"Age\", \"type\": \"Int32\", \"isValueType\": true }] }",
        )
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::pets();
    sandbox.write("new.json", &edited());
    sandbox
}

/// A client whose stored document is committed, and then edited.
fn committed() -> Sandbox {
    let sandbox = Sandbox::pets();
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(sandbox.folder()).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
        assert!(git.output().unwrap().status.success(), "git {arguments:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    sandbox.write("metadata.json", &edited());
    sandbox
}

#[test]
fn changes_are_listed_worst_first_with_their_places() {
    let outcome = sandbox().run(&["diff", "metadata.json", "new.json"]).expect(1);
    assert_eq!(outcome.err, "");
    insta::assert_snapshot!("diff_text", outcome.out);
}

#[test]
fn changes_are_an_entry_of_a_changelog() {
    let outcome = sandbox().run(&["diff", "metadata.json", "new.json", "--format", "markdown"]).expect(1);
    insta::assert_snapshot!("diff_markdown", outcome.out);
}

#[test]
fn changes_are_annotations_in_workflows() {
    let arguments = ["diff", "metadata.json", "new.json", "--format", "github", "--deny", "breaking"];
    insta::assert_snapshot!("diff_github", sandbox().run(&arguments).expect(1).out);
}

#[test]
fn json_has_a_line_per_change_and_one_for_the_verdict() {
    let sandbox = Sandbox::pets();
    sandbox.write("new.json", &PETS.replace("\"Cat\", \"Dog\"", "\"Cat\""));
    let outcome = sandbox.run(&["diff", "metadata.json", "new.json", "--format", "json"]).expect(1);
    let lines: Vec<Value> = outcome.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let change = json!({
        "kind": "change", "client": "pets", "class": "breaking", "change": "value-removed", "what": "value",
        "name": "Pets.Api.Kind.Dog", "message": "was removed", "effect": "code that names `Kind::Dog` does not compile",
        "receivedBy": ["FindPets"], "oldAt": "/types/0/enumNames/1", "oldFile": "metadata.json", "oldLine": 5, "oldColumn": 85,
        "newAt": "/types/0", "newFile": "new.json", "newLine": 5, "newColumn": 15,
    });
    let verdict = json!({
        "kind": "verdict", "client": "pets", "bump": "major", "reasons": ["value Pets.Api.Kind.Dog was removed"],
        "version": "0.1.0", "next": "0.2.0", "breaking": 1, "wire": 0, "attention": 0, "additive": 0, "documentation": 0,
    });
    assert_eq!(lines, [change, verdict.clone()]);
    let quiet = sandbox.run(&["diff", "metadata.json", "new.json", "--format", "json", "-q"]).expect(1);
    assert_eq!(serde_json::from_str::<Value>(&quiet.out).unwrap(), verdict);
}

#[test]
fn denied_changes_decide_the_exit_code() {
    let sandbox = Sandbox::pets();
    let documents = [
        ("same", PETS.to_owned()),
        (
            "documentation",
            PETS.replace(
                "\"name\": \"Kind\", \"namespace\"",
                "\"description\": \"Which.\", \"name\": \"Kind\", \"namespace\"",
            ),
        ),
        (
            "additive",
            PETS.replace("{ \"path\": \"/pets\"", "{ \"path\": \"/all\", \"verbs\": \"GET\" }, { \"path\": \"/pets\""),
        ),
        ("attention", PETS.replace("\"Dog\"", "\"Dog\", \"Fish\"")),
        ("wire", PETS.replace("\"method\": \"GET\"", "\"method\": \"POST\"")),
        ("breaking", PETS.replace(", \"Dog\"", "")),
    ];
    let classes = ["none", "breaking", "wire", "attention", "additive", "documentation"];
    for (place, (class, document)) in documents.iter().enumerate() {
        sandbox.write("new.json", document);
        // The place of the first class that counts a change of this one.
        let first = if place == 0 { classes.len() } else { documents.len() - place };
        for (index, deny) in classes.iter().enumerate() {
            let outcome = sandbox.run(&["diff", "metadata.json", "new.json", "-q", "--deny", deny]);
            assert_eq!(outcome.code, i32::from(index >= first), "{class} under {deny}: {outcome:?}");
        }
        let by_default = sandbox.run(&["diff", "metadata.json", "new.json", "-q"]);
        assert_eq!(by_default.code, i32::from(place >= 4), "{class}: {by_default:?}");
    }
    sandbox.run(&["diff", "metadata.json", "new.json", "--allow", "value-removed"]).expect(0);
    let unknown = sandbox.run(&["diff", "metadata.json", "new.json", "--allow", "value-remove"]).expect(2);
    assert!(unknown.err.contains("`value-remove` is not a kind of change"), "{unknown:?}");
    assert!(unknown.err.contains("did you mean `value-removed`?"), "{unknown:?}");
    let unlike = sandbox.run(&["diff", "metadata.json", "new.json", "--allow", "zzz"]).expect(2);
    assert!(unlike.err.ends_with("help: `--format json` prints the kinds\n"), "{unlike:?}");
}

#[test]
fn the_source_of_the_client_is_the_new_document() {
    let sandbox = sandbox();
    let outcome = sandbox.run(&["diff", "new.json", "-q"]).expect(1);
    assert!(outcome.out.starts_with("major: "), "{outcome:?}");
    let outcome = sandbox.run_in("", &["diff", "-", "-q"], PETS).expect(0);
    assert_eq!(outcome.out, "nothing changed\n");
    let server = serve(&edited());
    let url = server.base();
    sandbox.run(&["diff", "metadata.json", &url, "-q"]).expect(1);
    sandbox.run(&["diff", "metadata.json", url.trim_start_matches("http://"), "-q"]).expect(1);
    sandbox.write("evo-gen.toml", &format!("source = \"{}\"\noutput = \"src/api\"\n", server.base()));
    sandbox.run(&["diff", "metadata.json", "-q"]).expect(1);
}

#[test]
fn a_git_revision_is_the_old_document() {
    let sandbox = committed();
    let outcome = sandbox.run(&["diff", "--rev", "HEAD"]).expect(1);
    assert!(outcome.out.contains("      HEAD:metadata.json:5:85 -> metadata.json:5:15\n"), "{outcome:?}");
    sandbox.write("other.json", PETS);
    sandbox.run(&["diff", "--rev", "HEAD", "other.json"]).expect(0);
    std::fs::remove_file(sandbox.path("evo-gen.toml")).unwrap();
    sandbox.run(&["diff", "--rev", "HEAD", "metadata.json"]).expect(1);
    for (arguments, code, message) in [
        (&["--rev", "HEAD", "a.json", "b.json"][..], 2, "with `--rev`, only the new document can be specified"),
        (&["--rev", "HEAD"], 2, "no client is configured here, and `--rev` needs the path of a document"),
        (&["--rev", "nowhere", "metadata.json"], 3, "git does not have the document: "),
        (&["--rev", "--output=x", "metadata.json"], 2, "`--output=x` is not a git revision"),
        (&["--rev", "HEAD", "other.json"], 3, "git does not have the document: "),
    ] {
        let arguments: Vec<&str> = ["diff"].into_iter().chain(arguments.iter().copied()).collect();
        // clap parses anything that looks like an option as one.
        let arguments: Vec<String> =
            arguments.join(" ").replace("--rev --", "--rev=--").split(' ').map(str::to_owned).collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let outcome = sandbox.run(&arguments).expect(code);
        assert!(outcome.err.contains(message), "{arguments:?}: {outcome:?}");
    }
}

#[test]
fn settings_and_names_of_the_client_apply_to_both() {
    let sandbox = sandbox();
    sandbox.write("evo-gen.toml", &format!("{CONFIG}rename = {{ 'Pets.Api.Kind' = 'Species' }}\n"));
    let outcome = sandbox.run(&["diff", "metadata.json", "new.json"]).expect(1);
    assert!(outcome.out.contains("code that names `Species::Dog` does not compile"), "{outcome:?}");
    sandbox.run(&[]).expect(0);
    // The lock keeps the name that no setting states any more.
    sandbox.write("evo-gen.toml", CONFIG);
    let outcome = sandbox.run(&["diff", "metadata.json", "new.json"]).expect(1);
    assert!(outcome.out.contains("code that names `Species::Dog` does not compile"), "{outcome:?}");
    let outcome = sandbox.run(&["diff", "metadata.json", "new.json", "--no-config"]).expect(1);
    assert!(outcome.out.contains("code that names `Kind::Dog` does not compile"), "{outcome:?}");
    sandbox.write("evo-gen.toml", &format!("{CONFIG}include = ['Hold*']\n"));
    let outcome = sandbox.run(&["diff", "metadata.json", "new.json"]).expect(2);
    assert!(outcome.err.contains("the client `pets` selects no operation of either document"), "{outcome:?}");
    let outcome = sandbox.run(&["diff", "metadata.json", "new.json", "--include", "Find*", "-q"]).expect(1);
    assert!(outcome.out.starts_with("major: "), "{outcome:?}");
}

#[test]
fn invalid_arguments_of_diff_are_errors() {
    let sandbox = sandbox();
    sandbox.write("broken.json", "{");
    for (arguments, code, message) in [
        (&["diff"][..], 2, "no document is specified to compare with"),
        (&["diff", "-", "-"], 2, "both documents are standard input"),
        (&["diff", "gone.json"], 3, "the document cannot be read"),
        (&["diff", "broken.json"], 4, "the document is not JSON"),
        (&["diff", "metadata.json", "--include", "Hold*"], 2, "`--include` selects no operation of either document"),
        (&["diff", "metadata.json", "--deny", "all"], 2, "invalid value 'all'"),
        (&["diff", "metadata.json", "--client", "dogs"], 2, "no client `dogs` is configured"),
    ] {
        let outcome = sandbox.run(arguments).expect(code);
        assert!(outcome.err.contains(message), "{arguments:?}: {outcome:?}");
        assert_eq!(outcome.out, "", "{arguments:?}");
    }
}

#[test]
fn colours_are_printed_only_on_terminals_and_control_characters_are_escaped() {
    let sandbox = Sandbox::pets();
    sandbox.write("new.json", &PETS.replace("\"Dog\"", "\"Dog\", \"\\u001b[31mFish\""));
    let plain = sandbox.run(&["diff", "metadata.json", "new.json"]).expect(0);
    assert!(!plain.out.contains('\u{1b}'), "{plain:?}");
    let coloured = sandbox.run_with(&[("CLICOLOR_FORCE", "1")], &["diff", "metadata.json", "new.json"]).expect(0);
    assert!(coloured.out.starts_with("\u{1b}[1m"), "{coloured:?}");
    assert!(!coloured.out.contains("\u{1b}[31mFish"), "{coloured:?}");
}
