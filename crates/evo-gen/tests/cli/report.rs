//! Diagnostics are shown with an excerpt, limited in number, and without control characters; and `--report`.

use serde_json::{Value, json};

use super::sandbox::{PETS, Sandbox};

/// A document whose response has members with these types.
fn document(types: &[String]) -> Value {
    let properties: Vec<Value> =
        types.iter().enumerate().map(|(index, name)| json!({ "name": format!("M{index}"), "type": name })).collect();
    json!({ "types": [], "operations": [{
        "request": { "name": "FindPets", "namespace": "Pets.Api" }, "method": "GET",
        "response": { "name": "Pet", "namespace": "Pets.Api", "properties": properties },
        "returnType": { "name": "Pet", "namespace": "Pets.Api" },
    }] })
}

#[test]
fn only_the_first_diagnostics_of_a_code_are_shown() {
    let types: Vec<String> = (0..25).map(|index| format!("List<Line{index}")).collect();
    let sandbox = Sandbox::pets();
    sandbox.write("metadata.json", &document(&types).to_string());
    let count = |text: &str| text.matches("warning[EVO0025]: ").count();
    let short = sandbox.run(&["--dry-run"]).expect(0).err;
    assert_eq!(count(&short), 20, "{short}");
    let end = "note: 5 more of EVO0025 are not shown\n  help: use `--verbose` to show all of them, or `--report FILE` to write them to a file\n\n\
               pets: 25 warnings; `evo-gen explain EVO0025` explains it\n";
    assert!(short.ends_with(end), "{short}");
    assert_eq!(count(&sandbox.run(&["--dry-run", "--verbose"]).expect(0).err), 25);
    assert_eq!(sandbox.run(&["--dry-run", "--format", "json"]).expect(0).err.lines().count(), 25);
    sandbox.run(&["--dry-run", "--report", "all.md"]).expect(0);
    assert_eq!(sandbox.read("all.md").matches("\n| /operations/0/response/properties/").count(), 25);
}

/// The location after the arrow of the first diagnostic: path, line and column.
fn place(text: &str) -> (String, usize, usize) {
    let place =
        text.lines().find_map(|line| line.trim_start().strip_prefix("--> ")).unwrap_or_else(|| panic!("{text}"));
    let mut parts = place.rsplitn(3, ':');
    let (column, line) = (parts.next().unwrap().parse().unwrap(), parts.next().unwrap().parse().unwrap());
    (parts.next().unwrap().to_owned(), line, column)
}

#[test]
fn lines_and_columns_refer_to_the_file() {
    let broken = PETS.replace("\"/pets\"", "\"/pets/{Gone}\"");
    let value: Value = serde_json::from_str(&broken).unwrap();
    let stands_there = |text: &str, line: usize, column: usize| {
        let line = text.lines().nth(line - 1).unwrap();
        let rest: String = line.chars().skip(column - 1).collect();
        assert!(rest.starts_with("\"/pets/{Gone}\""), "{line}");
    };
    for text in [broken.clone(), broken.replace('\n', "\r\n"), format!("{value:#}"), broken.replace("  ", "\t")] {
        let sandbox = Sandbox::pets();
        sandbox.write("metadata.json", &text);
        let (path, line, column) = place(&sandbox.run(&["--dry-run"]).expect(0).err);
        assert_eq!(path, "metadata.json");
        // A tab is shown as four spaces and counts as one character.
        stands_there(&text, line, column);
    }
    // A document in one line is shown as it will be stored.
    let sandbox = Sandbox::pets();
    sandbox.write("new.json", &value.to_string());
    let (path, line, column) = place(&sandbox.run(&["--file", "new.json"]).expect(0).err);
    assert_eq!(path, "metadata.json");
    stands_there(&sandbox.read("metadata.json"), line, column);
    let (path, line, column) = place(&sandbox.run(&["--file", "new.json", "--out", "src/other"]).expect(0).err);
    // The excerpt is pretty-printed, but the location is in the file.
    assert_eq!(path, "new.json");
    stands_there(&value.to_string(), line, column);
    let read = sandbox.run_in("src", &["--file", "-", "--out", "x"], &value.to_string()).expect(0).err;
    assert!(read.contains("--> standard input\n"), "{read}");
    let (path, line, column) = place(&sandbox.run(&["new", "fresh", "--file", "new.json"]).expect(0).err);
    assert_eq!(path, "fresh/metadata.json");
    stands_there(&sandbox.read(&path), line, column);
}

#[test]
fn a_document_cannot_control_the_terminal() {
    let evil = "/pets/{\u{1b}[31mGone\u{202e}\u{7}}";
    let sandbox = Sandbox::pets();
    let mut document: Value = serde_json::from_str(PETS).unwrap();
    document["operations"][0]["routes"][0]["path"] = json!(evil);
    document["operations"][0]["request"]["name"] = json!("Find\u{1b}]0;title\u{7}");
    sandbox.write("metadata.json", &document.to_string());
    for arguments in [&["--dry-run"][..], &["--dry-run", "--deny", "warnings"]] {
        let outcome = sandbox.run_with(&[("CLICOLOR_FORCE", "1")], arguments);
        let mut plain = outcome.err.clone();
        assert!(plain.contains("\u{1b}["), "{plain:?}");
        // Removes colours and weights.
        while let Some(start) = plain.find("\u{1b}[") {
            let length = plain[start..].find('m').unwrap() + 1;
            let style = plain[start + 2..start + length - 1].to_owned();
            assert!(style != "31" && style.chars().all(|char| char.is_ascii_digit() || char == ';'), "{outcome:?}");
            plain.replace_range(start..start + length, "");
        }
        assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{plain:?}");
        let quiet = sandbox.run_with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], arguments);
        assert_eq!(quiet.err, sandbox.run(arguments).err, "without colours");
        assert!(!quiet.err.contains('\u{1b}'), "{quiet:?}");
    }
}

#[test]
fn report_is_written_atomically() {
    let sandbox = Sandbox::pets();
    sandbox.run(&["-q", "--report", "out/clean.md"]).expect(0);
    insta::assert_snapshot!("report_clean", sandbox.read("out/clean.md"));

    let types = ["Stream", "A|B`<i>@me", "List<Line"].map(str::to_owned);
    let mut document = document(&types);
    document["operations"][0]["response"]["properties"][0]["namespace"] = json!("System.IO");
    document["operations"][0]["routes"] = json!([{ "path": "/pets/{Gone}" }]);
    sandbox.write("metadata.json", &document.to_string());
    sandbox.run(&["-q", "--dry-run", "--report", "report.md"]).expect(0);
    insta::assert_snapshot!("report", sandbox.read("report.md"));
    for arguments in [&["-q", "--dry-run"][..], &["-q", "--dry-run", "--format", "json"]] {
        let outcome = sandbox.run(arguments).expect(0);
        assert!(
            outcome.err.contains("EVO0040") && !outcome.err.contains("EVO0032"),
            "a quiet run has no notes: {outcome:?}"
        );
    }
    // A device or a pipe is written, and neither read nor replaced.
    #[cfg(unix)]
    for (path, out) in [("/dev/stdout", sandbox.read("report.md")), ("/dev/null", String::new())] {
        let outcome = sandbox.run(&["-q", "--format", "json", "--client", "pets", "--report", path]).expect(0);
        assert_eq!(outcome.out, out, "{outcome:?}");
    }
    // A failed run writes the report too.
    sandbox.run(&["-q", "--deny", "EVO0040", "--report", "report.md"]).expect(4);
    insta::assert_snapshot!("report_denied", sandbox.read("report.md"));

    // If the report cannot be written, nothing changes.
    let before = sandbox.files();
    let outcome = sandbox.run(&["-q", "--check", "--report", "src"]).expect(5);
    assert!(outcome.err.contains("error: "), "{outcome:?}");
    sandbox.run(&["-q", "--deny", "EVO0040", "--report", "src"]).expect(4);
    assert_eq!(sandbox.files(), before);
}
