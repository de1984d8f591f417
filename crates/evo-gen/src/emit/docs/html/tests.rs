//! Tests how HTML is converted, and that the result is harmless.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{Text, read};
use crate::emit::docs::text::{escape, one_line};

fn is_html(text: &str) -> bool {
    matches!(read(text), Text::Html(_))
}

#[test]
fn text_that_merely_has_a_less_than_sign_is_no_html() {
    for text in [
        "a < b and c > d",
        "List<T>",
        "Dictionary<string, List<int>>",
        "<c>",
        "use <a> first",
        "x <- y",
        "<3",
        "a </b> c",
        "<unknown>x</unknown>",
        "&amp;",
        "<p",
        "<p x=<b>",
        "",
    ] {
        assert!(!is_html(text), "{text}");
    }
    for text in ["a<br>b", "<p>x</p>", "<B>x</B>", "x<hr/>y", "see <a href=x>this</a>", "List<T> <i>of</i> T", "<br />"]
    {
        assert!(is_html(text), "{text}");
    }
}

#[test]
fn html_becomes_the_markdown_that_shows_the_same() {
    for (html, expected) in [
        ("<p>Longer notes, in <b>HTML</b>.</p>", vec!["Longer notes, in **HTML**."]),
        ("<p>one</p>\n<p>two<br>three<br/></p>", vec!["one", "two\\\nthree"]),
        ("Bo<b> ld </b>and <i>it<em>al</em>ic</i><b></b>", vec!["Bo **ld** and *italic*"]),
        ("<h2>About <b>it</b></h2>text", vec!["**About it**", "text"]),
        (
            "Find <a class='x' href='https://youtu.be/r?a=1&amp;b=2'>C# App</a>!",
            vec!["Find [C# App](<https://youtu.be/r?a=1&b=2>)!"],
        ),
        ("<a href=\"javascript:alert(1)\">x</a> <a href='/local'>y</a> <a>z</a>", vec!["x y z"]),
        ("see!<a HREF = 'HTTP://x.org/[`'>https://x.org/a</a>", vec!["see\\![https://x.org/a](<HTTP://x.org/%5B%60>)"]),
        ("<ul><li>a</li><li><p>b</p>\n c<ol><li>d<li># e</ol></li></ul>", vec!["- a\n- b c\n   1. d\n   2. \\# e"]),
        ("<ol><li>a</li></ol>b<ul><li>c</ul>", vec!["1. a", "b", "- c"]),
        ("<pre><code>let x = 1;\n\tif a &lt; b {}\n</code></pre>", vec!["```text\nlet x = 1;\n    if a < b {}\n```"]),
        ("use <code>a_b</code><code>`c`</code> or <tt> </tt>d<br>", vec!["use `a_b` `` `c` `` or d"]),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>end",
            vec!["a \\| b\\\n1 \\| 2", "end"],
        ),
        ("<p>a<!-- hidden --><script>if (a<b) {}</script><STYLE>p {}</STYLE>b</p>", vec!["ab"]),
        ("<p>List<T> of <x-y>z</x-y> and <custom>w</custom></p>", vec!["List\\<T\\> of z and w"]),
        ("<a href='http://x.org'>'it' isn't</a> 'x'", vec!["[’it’ isn’t](<http://x.org>) 'x'"]),
        ("<b>1.</b> x<br># y<br>- z", vec!["**1.** x\\\n\\# y\\\n\\- z"]),
        ("<p>&lt;b&gt; &amp;amp; &copy; &#65;&#x42; &unknown; &</p>", vec!["\\<b\\> \\&amp; © AB \\&unknown; \\&"]),
        ("<b><i>open", vec!["\\<b\\>\\<i\\>open"]),
        ("<br><b><i>open", vec!["***open***"]),
        ("<script>x</script><br>", vec![]),
        (
            "One\n <b>two\n</b>three.\n\nFour.\n \n<ul><li>a\n\nb</li></ul>",
            vec!["One **two** three.", "Four.", "- a b"],
        ),
        ("a <b> b</b> c<i>d </i>e", vec!["a **b** c*d* e"]),
        ("<code>\n    if (a) {\n      b();\n    }\n</code>", vec!["```text\nif (a) {\n  b();\n}\n```"]),
        ("see <img src='https://x.org/a.png' alt='x'/> this", vec!["see this"]),
    ] {
        assert_eq!(escape(html), expected, "{html}");
    }
}

#[test]
fn comments_of_csharp_are_read_like_html() {
    for (text, expected) in [
        (
            "The <see cref=\"T:Shop.Order\"/> of <paramref name='id'/>, or <see langword=\"null\"/>.",
            vec!["The `Shop.Order` of `id`, or `null`."],
        ),
        ("See <see cref='Shop.Order.Name'>the name</see> and <c>Id</c>.", vec!["See the name and `Id`."]),
        ("<para>One.</para><para>Two.</para>", vec!["One.", "Two."]),
        (
            "Is:<list type='bullet'>\n  <item><description>new</description></item>\n  \
             <item><term>old</term><description>for years</description></item>\n</list>",
            vec!["Is:", "- new\n- **old** for years"],
        ),
        // Placeholders in plain text.
        ("GET /x/<item>/<value> or List<item>", vec!["GET /x/\\<item\\>/\\<value\\> or List\\<item\\>"]),
    ] {
        assert_eq!(escape(text), expected, "{text}");
    }
}

#[test]
fn html_fits_on_one_line() {
    for (html, expected) in [
        ("<p>No such <b>thing</b></p><ul><li>a</li><li>b</li></ul>", "No such **thing** a b"),
        ("<h1>a</h1><pre>x\n  y</pre>z<br>w", "a `x y` z w"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1 2"),
        ("- plain\n\ntext_of it", "\\- plain `text_of` it"),
    ] {
        assert_eq!(one_line(html), expected, "{html}");
    }
}

/// Asserts that there is no unintended markup for rustdoc: links without an address, HTML, or code that never ends.
fn assert_harmless(html: &str) {
    let line = one_line(html);
    assert!(!line.contains('\n'), "{html:?}: {line:?}");
    let paragraphs = escape(html).into_iter().chain((!line.is_empty()).then_some(line));
    for paragraph in paragraphs {
        assert!(!paragraph.trim().is_empty(), "{html:?}: an empty paragraph");
        assert!(paragraph.chars().all(|c| c == '\n' || !c.is_control()), "{html:?}: {paragraph:?}");
        let fence: String = paragraph.chars().take_while(|c| *c == '`').collect();
        if let Some(inside) = paragraph.strip_prefix(&format!("{fence}text\n")).filter(|_| fence.len() > 2) {
            let inside = inside.strip_suffix(&format!("\n{fence}"));
            assert!(inside.is_some_and(|inside| !inside.contains(&fence)), "{html:?}: {paragraph:?}");
            continue;
        }
        let mut rest = paragraph.as_str();
        while let Some(c) = rest.chars().next() {
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            rest = match c {
                '\\' => after.chars().next().and_then(|next| after.get(next.len_utf8()..)).unwrap_or_default(),
                '`' => {
                    let marks: String = rest.chars().take_while(|c| *c == '`').collect();
                    let inside = rest.strip_prefix(marks.as_str()).unwrap_or_default();
                    let mut ends = inside.match_indices(marks.as_str()).map(|(at, _)| at);
                    let end = ends.find(|at| {
                        let behind = inside.get(at + marks.len()..).unwrap_or_default();
                        !behind.starts_with('`') && !inside.get(..*at).unwrap_or_default().ends_with('`')
                    });
                    let end = end.unwrap_or_else(|| panic!("{html:?}: code without an end in {paragraph:?}"));
                    inside.get(end + marks.len()..).unwrap_or_default()
                }
                '<' => {
                    let (address, after) = after.split_once('>').unwrap_or_else(|| panic!("{html:?}: {paragraph:?}"));
                    assert!(
                        address.contains("://") && !address.contains(char::is_whitespace),
                        "{html:?}: {paragraph:?}"
                    );
                    after
                }
                ']' => {
                    assert!(after.starts_with("(<http") || after.starts_with("(<HTTP"), "{html:?}: {paragraph:?}");
                    after
                }
                _ => after,
            };
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    const TAGS: [&str; 24] = [
        "p",
        "br",
        "b",
        "i",
        "strong",
        "em",
        "code",
        "pre",
        "ul",
        "ol",
        "li",
        "a",
        "h1",
        "table",
        "tr",
        "td",
        "script",
        "style",
        "custom",
        "T",
        "span",
        "div",
        "hr",
        "blockquote",
    ];
    const TEXTS: [&str; 26] = [
        "word",
        " ",
        "\n",
        "List<T>",
        "a < b",
        "`",
        "``",
        "*",
        "_",
        "[x]",
        "](",
        "(y)",
        "!",
        "# ",
        "- ",
        "1. ",
        "| ",
        "\\",
        "&lt;",
        "&#96;",
        "&amp",
        "https://x.org/a_b",
        "user_id",
        "\u{202e}",
        "é",
        "~~~",
    ];
    const HREFS: [&str; 6] = ["https://x.org", "http://x.org/ a`b[c]\\", "javascript:x", "", "HTTPS://X.org/>", "#a"];
    prop_oneof![
        proptest::sample::select(&TEXTS[..]).prop_map(str::to_owned),
        proptest::sample::select(&TAGS[..]).prop_map(|tag| format!("<{tag}>")),
        proptest::sample::select(&TAGS[..]).prop_map(|tag| format!("</{tag}>")),
        proptest::sample::select(&HREFS[..]).prop_map(|href| format!("<a href='{href}'>")),
        "[ -~\n]{0,6}".prop_map(|text| text),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, rng_seed: RngSeed::Fixed(17), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_html_holds_its_markdown_is_harmless(pieces in proptest::collection::vec(piece(), 0..24)) {
        assert_harmless(&format!("<br>{}", pieces.concat()));
        assert_harmless(&pieces.concat());
    }
}
