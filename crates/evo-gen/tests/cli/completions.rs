//! Help and completions.

use super::sandbox::Sandbox;

#[test]
fn all_shells_have_completions() {
    let sandbox = Sandbox::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let outcome = sandbox.run(&["completions", shell]).expect(0);
        for word in ["evo-gen", "dry-run", "completions", "call", "no-validate"] {
            assert!(outcome.out.contains(word), "{shell} does not complete {word}");
        }
    }
}

#[test]
fn help_shows_every_option_and_examples() {
    let sandbox = Sandbox::new(&[]);
    insta::assert_snapshot!("help", sandbox.run(&["--help"]).expect(0).out);
    insta::assert_snapshot!("help_new", sandbox.run(&["new", "-h"]).expect(0).out);
}

#[test]
fn every_command_is_in_a_group_and_has_help() {
    let sandbox = Sandbox::new(&[]);
    let help = sandbox.run(&["help"]).expect(0).out;
    assert_eq!(help, sandbox.run(&["--help"]).expect(0).out);
    let groups = help.split_once("Generate:").unwrap().1.split_once("Options:").unwrap().0;
    let more = groups.split_once("More:").unwrap().1;
    let names = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| line.starts_with("  "))
            .map(|line| line.split_whitespace().next().unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(more), ["completions", "help"]);
    for name in names(groups) {
        assert!(sandbox.run(&["help", &name]).expect(0).out.contains("Usage: evo-gen"), "{name}");
    }
    insta::assert_snapshot!("help_call", sandbox.run(&["call", "-h"]).expect(0).out);
}
