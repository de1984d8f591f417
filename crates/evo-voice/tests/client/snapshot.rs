//! The generated code of two operations. The test `in_sync` of evo-gen checks all generated code.

use std::path::Path;

use evo_gen::Generator;

/// Returns an item of the generated code: its documentation, its definition and the macro calls that follow.
fn generated(name: &str) -> String {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("evo-gen.toml");
    let files = Generator::new().config(config).generate().unwrap().files;
    let operations = files.iter().find(|file| file.path == "sessions/operations.rs").unwrap();
    // Documentation begins after a blank line, and macro calls follow the definition after a blank line.
    let blocks: Vec<&str> = operations.text.split("\n\n").collect();
    let definition = blocks.iter().position(|block| block.contains(&format!("pub struct {name} {{"))).unwrap();
    blocks[definition..=definition + 1].join("\n\n")
}

#[test]
fn hold_session() {
    insta::assert_snapshot!(generated("HoldSession"));
}

#[test]
fn delete_chat_member() {
    insta::assert_snapshot!(generated("DeleteChatMember"));
}
