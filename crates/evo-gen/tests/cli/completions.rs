//! Help and completions.

use super::sandbox::Sandbox;

#[test]
fn every_shell_has_completions() {
    let sandbox = Sandbox::new(&[]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let outcome = sandbox.run(&["completions", shell]).expect(0);
        for word in ["evo-gen", "dry-run", "completions"] {
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
