//! Mistakes of the user and failures of the service, with their exit codes.

use evo_mock::Dialect;

use super::host::Host;

#[test]
fn mistakes_are_reported_before_anything_is_sent() {
    let host = Host::open(Dialect::Classic);
    for (arguments, expected) in [
        (
            &["FindPet"][..],
            "error: the service has no operation `FindPet` that can be called\n  help: did you mean `FindPets`?\n",
        ),
        (
            &["Photo"],
            "error: the service has no operation `Photo` that can be called\n  help: did you mean `AddPhoto`?\n",
        ),
        (
            &["PHO"],
            "error: the service has no operation `PHO` that can be called\n  help: did you mean `AddPhoto`, `GetPhoto`?\n",
        ),
        (
            &["zzz"],
            "error: the service has no operation `zzz` that can be called\n  help: `evo-gen list` lists the operations, and `evo-gen list --types` the types\n",
        ),
        (&["FindPets", "nam=a"], "error: FindPets has no member `nam`\n  help: did you mean `name`?\n"),
        (
            &["FindPets", "filter.form=a"],
            "error: `filter` (Filter) has no member `form`\n  help: did you mean `from`?\n",
        ),
        (&["FindPets", "name.first=a"], "error: `name` is a single value and has no member `first`\n"),
        (&["FindPets", "name"], "error: an argument has no `=`\n  help: write `member=value`, as in `sessionId=s1`\n"),
        (
            &["FindPets", "=a"],
            "error: `` is not the name of a member\n  help: write `member=value`, as in `sessionId=s1`\n",
        ),
        (
            &["FindPets", "name+=a"],
            "error: `name` is not a list, so `+=` cannot add an item\n  help: set it with `name=..`\n",
        ),
        (
            &["FindPets", "tags=a", "Tags=b"],
            "error: `tags` is given twice\n  help: give all items at once, as in `tags=a,b`, or one by one with `tags+=a`\n",
        ),
        (&["FindPets", "take=many"], "error: `take`: expected an integer (i32), found text \"many\"\n"),
        (&["FindPets", "take="], "error: `take`: expected a value, found an empty text\n"),
        (
            &["FindPets", "kind=cow"],
            "error: `kind`: there is no value `cow`\n  help: expected one of `Cat`, `Dog`, `GuineaPig`\n",
        ),
        (
            &["FindPets", "filter=x"],
            "error: `filter`: expected an object as JSON, or its members one by one as in `member.name=value`\n",
        ),
        (
            &["FindPets", "filter.kinds=cat,doog"],
            "error: `filter.kinds[1]`: there is no value `doog`\n  help: did you mean `Dog`?\n",
        ),
        (&["FindPets", "--json", "{"], "error: the text is not valid JSON\n  at: --json, line 1, column 1\n"),
        (
            &["FindPets", "--json", r#"{"filter":{"kinds":"Cat"}}"#],
            "error: `filter.kinds`: expected a list, found a text\n",
        ),
        (
            &["FindPets", "--json", r#"{"tgas":[]}"#],
            "error: FindPets has no member `tgas`\n  help: did you mean `tags`?\n",
        ),
        (
            &["CreatePet", "doses.3.amount=1"],
            "error: `doses`: `3` is neither the number of an item nor that of the next one\n  help: specify the list as JSON, or add an item with `doses+=..`\n",
        ),
        (&["CreatePet", "seen.x.amount=1"], "error: `seen`: expected a key of type i32, found text \"x\"\n"),
        (
            &["CreatePet", "labels[a.b]=c"],
            "error: CreatePet has no member `labels[a`\n  help: quote keys, also for the shell: 'labels[\"a.b\"]=c'\n",
        ),
        (&["CreatePet", r#"labels["a"].b=c"#], "error: `labels.a` is a single value and has no member `b`\n"),
        (
            &["CreatePet", r#"labels["a.b"]=c"#, "labels.a.b=d"],
            "error: `labels[\"a.b\"]` is given twice\n  help: remove one of the two arguments\n",
        ),
        (
            &["CreatePet", "labels.=c"],
            "error: `labels.` is not the name of a member\n  help: write `member=value`, as in `sessionId=s1`\n",
        ),
        (&["AddPhoto", "photo=rex.png"], "error: `photo` is a file\n  help: specify its path: `photo=@path`\n"),
    ] {
        let outcome = host.call(arguments).expect(2);
        assert_eq!((outcome.out.as_str(), outcome.err.as_str()), ("", expected), "{arguments:?}");
    }
    assert_eq!(host.requests(), [""; 0]);
}

#[test]
fn rules_of_the_document_are_checked_unless_that_is_turned_off() {
    let host = Host::open(Dialect::Classic);
    let outcome = host.call(&["CreatePet", "name="]).expect(2);
    let expected = "error: CreatePet: NotEmpty: 'Name' must not be empty.\n  \
                    field: Name: NotEmpty 'Name' must not be empty.\n  \
                    field: Name: Length 'Name' must be between 1 and 20 characters. You entered 0 characters.\n  \
                    help: `--no-validate` sends the request anyway\n";
    assert_eq!(outcome.err, expected);
    assert_eq!(host.requests(), [""; 0]);
    let refused = host.call(&["CreatePet", "name=", "--no-validate"]).expect(8);
    let expected = "error: CreatePet: 400 NotEmpty: 'Name' must not be empty.\n  \
                    field: Name: NotEmpty 'Name' must not be empty.\n  \
                    field: Name: Length 'Name' must be between 1 and 20 characters. You entered 0 characters.\n";
    assert_eq!(refused.err, expected);
    assert_eq!(host.requests(), ["POST /api/CreatePet"]);
    let json = host.call(&["CreatePet", "name=", "--no-validate", "--format", "json"]).expect(8);
    let expected = r#"{"kind":"error","operation":"CreatePet","status":400,"code":"NotEmpty","message":"'Name' must not be empty.","fields":[{"field":"Name","code":"NotEmpty","message":"'Name' must not be empty."},{"field":"Name","code":"Length","message":"'Name' must be between 1 and 20 characters. You entered 0 characters."}],"exitCode":8}"#;
    assert_eq!(json.err.trim_end(), expected);
}

#[test]
fn the_exit_code_distinguishes_failures() {
    let host = Host::open(Dialect::Classic);
    let missing = host.call(&["DeletePet", "id=404"]).expect(8);
    assert_eq!(missing.err, "error: DeletePet: 404 NoPet: There is no such pet.\n");
    let broken = host.call(&["DeletePet", "id=500"]).expect(9);
    assert_eq!(broken.err, "error: DeletePet: 500 Broken: The cage is broken.\n");
    let nowhere = host.sandbox.run(&["call", "DeletePet", "--file", "none.json", "--host", &host.url]).expect(3);
    assert!(nowhere.err.contains("none.json"), "{}", nowhere.err);
    let nobody = host.sandbox.run(&["call", "DeletePet", "--file", "pets.json", "--host", "127.0.0.1:1"]).expect(6);
    let (start, help) = (
        "error: DeletePet: the host cannot be reached: ",
        "\n  help: check that the service is running, and check `--host`\n",
    );
    assert!(nobody.err.starts_with(start) && nobody.err.ends_with(help), "{}", nobody.err);
    let unknown = host.sandbox.run(&["call", "DeletePet", "--file", "pets.json"]).expect(2);
    let expected = "error: the URL of the service is unknown\n  help: add `--host https://api.example.org`, or set `url` in evo-gen.toml\n";
    assert_eq!(unknown.err, expected);
}
