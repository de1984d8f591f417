//! The content of frames: messages, selectors, bodies, and their handlers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use evo_runtime::events::{Event, Handlers, Message};
use evo_runtime::{ErrorKind, Value, record};
use serde_json::json;

#[derive(Debug, Clone, PartialEq, Default)]
struct ChatMessage {
    id: i32,
    from: Option<String>,
}
record!(ChatMessage { id: "Id", from: "From" });

#[test]
fn multi_line_data_is_split() {
    for (data, channel, op, target, css, text) in [
        ("home@cmd.announce \"plain\"", Some("home"), "cmd", "announce", None, "plain"),
        ("cmd.announce plain text", None, "cmd", "announce", None, "plain text"),
        ("css.background$#top%20bar \"#673ab7\"", None, "css", "background", Some("#top bar"), "#673ab7"),
        ("a@css.background$#top bar \"x\"", Some("a"), "css", "background", Some("#top"), "bar \"x\""),
        ("css.toggle$.a.b 1", None, "css", "toggle", Some(".a.b"), "1"),
        ("third@nodot \"t\"", Some("third"), "", "nodot", None, "t"),
        ("third@document.title \"\"", Some("third"), "document", "title", None, ""),
        ("cmd.Ns.Type {}", None, "cmd", "Ns.Type", None, "{}"),
        ("cmd.empty ", None, "cmd", "empty", None, ""),
        ("hello", None, "", "", None, "hello"),
        ("a@b", None, "", "", None, "a@b"),
        ("@cmd.x y", Some(""), "cmd", "x", None, "y"),
        ("cmd.x \"line\\nbreak\"", None, "cmd", "x", None, "line\nbreak"),
        ("cmd.x \"broken", None, "cmd", "x", None, "\"broken"),
        ("", None, "", "", None, ""),
    ] {
        let message = Message::parse("3", data);
        let selector = message.selector();
        assert_eq!(message.channel(), channel, "{data}");
        assert_eq!((selector.op(), selector.target(), selector.css().as_deref()), (op, target, css), "{data}");
        assert_eq!(message.text(), text, "{data}");
        assert_eq!(message.id(), Some(3), "{data}");
    }
    assert_eq!(Message::parse("", "a b").id(), None);
    assert_eq!(Message::parse("x", "a b").id(), None);
}

#[test]
fn selectors_are_recognised_with_and_without_a_channel() {
    let message = Message::parse("1", "home@css.background$#top \"red\"");
    for (selector, expected) in [
        ("css.background", true),
        ("home@css.background", true),
        ("away@css.background", false),
        ("css.Background", false),
        ("css", false),
        ("", false),
    ] {
        assert_eq!(message.is(selector), expected, "{selector}");
    }
}

#[test]
fn bodies_are_json_or_text() {
    let body = |body: &str| Message::parse("1", &format!("cmd.x {body}"));
    let chat = ChatMessage { id: 7, from: Some("lab".to_owned()) };
    for text in [r#"{"id":7,"from":"lab"}"#, r#"{"Id":7,"From":"lab","Other":[1]}"#] {
        assert_eq!(body(text).decode::<ChatMessage>().unwrap(), chat, "{text}");
    }
    for (text, expected) in [("\"plain\"", "plain"), ("plain text", "plain text"), ("", ""), ("\"\"", "")] {
        assert_eq!(body(text).decode::<String>().unwrap(), expected, "{text}");
    }
    assert_eq!(body("[1,2]").decode::<Vec<i32>>().unwrap(), [1, 2]);
    assert_eq!(body("41").decode::<i64>().unwrap(), 41);
    assert_eq!(body("").decode::<ChatMessage>().unwrap(), ChatMessage::default());

    for (text, expected) in [
        (r#"{"a":[1,null]}"#, Some(json!({"a": [1, null]}))),
        ("\"x\"", Some(json!("x"))),
        ("true", Some(json!(true))),
        ("plain", None),
        ("", None),
        ("{\"a\":", None),
    ] {
        assert_eq!(body(text).json(), expected, "{text}");
    }

    let error = body(r#"{"id":"seven"}"#).decode::<ChatMessage>().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.to_string().starts_with("the event cmd.x cannot be read: "), "{error}");
    // `null` is no message, unless it may be absent.
    for text in ["null", " null"] {
        let error = body(text).decode::<ChatMessage>().unwrap_err();
        assert_eq!(error.message(), "the event cmd.x cannot be read: the body is `null`");
        assert!(body(text).decode::<i32>().is_err(), "{text}");
        assert_eq!(body(text).decode::<Option<ChatMessage>>().unwrap(), None);
        assert_eq!(body(text).decode::<Vec<i32>>().unwrap(), Vec::<i32>::new());
    }
    for text in [r#"{"id":"#, "plain", "[1]"] {
        assert_eq!(body(text).decode::<ChatMessage>().unwrap_err().kind(), ErrorKind::Decode, "{text}");
    }
}

#[test]
fn commands_and_messages_are_distinguished() {
    for (data, expected) in [
        (r#"cmd.onConnect {"id":"S"}"#, "Connected"),
        (r#"cmd.onConnect {"id":""}"#, "Message"),
        ("cmd.onConnect {}", "Message"),
        ("cmd.onConnect nonsense", "Message"),
        ("home@cmd.onJoin {}", "Joined"),
        (r#"home@cmd.onLeave {"userId":"-1"}"#, "Left"),
        (r#"home@cmd.onUpdate {"channels":"a,b"}"#, "Updated"),
        ("cmd.onHeartbeat {}", "Heartbeat"),
        ("cmd.onHeartbeat [1]", "Message"),
        ("cmd.onSomething {}", "Message"),
        ("trigger.onJoin {}", "Message"),
        ("onJoin {}", "Message"),
    ] {
        let event = Event::from(Message::parse("1", data));
        assert!(format!("{event:?}").starts_with(expected), "{data}: {event:?}");
        assert_eq!(event.message(), Some(&Message::parse("1", data)), "{data}");
    }
}

#[test]
fn subscribers_are_read_tolerantly() {
    let data = r#"home@cmd.onJoin {"userId":7,"DisplayName":"Joe","profileUrl":null,"channels":"a,,b,a","isAuthenticated":true,"createdAt":"1795203036073","team":"red","empty":null}"#;
    let Event::Joined { subscriber, .. } = Event::from(Message::parse("1", data)) else { panic!("{data}") };
    assert_eq!(subscriber.user_id.as_deref(), Some("7"));
    assert_eq!(subscriber.display_name.as_deref(), Some("Joe"));
    assert_eq!(subscriber.profile_url, None);
    assert_eq!(subscriber.channels, ["a", "b"]);
    assert!(subscriber.is_authenticated);
    assert_eq!(subscriber.created_at.unwrap().to_string(), "2026-11-20T19:30:36.073Z");
    assert_eq!(subscriber.meta, BTreeMap::from([("team".to_owned(), "red".to_owned())]));
}

#[test]
fn handlers_get_their_messages() {
    let seen = Arc::new(Mutex::new(Vec::<String>::new()));
    let note = |what: &'static str| {
        let seen = Arc::clone(&seen);
        move |text: String| seen.lock().unwrap().push(format!("{what}: {text}"))
    };
    let (typed, channel, raw, every, failed) =
        (note("typed"), note("channel"), note("raw"), note("every"), note("failed"));
    let mut handlers = Handlers::new()
        .on("cmd.ChatMessage", move |chat: ChatMessage| typed(chat.from.unwrap_or_default()))
        .on("home@cmd.announce", channel)
        .on_message("cmd.ChatMessage", move |message| raw(message.body().to_owned()))
        .on("cmd.onJoin", |who: BTreeMap<String, Value>| assert_eq!(who["userId"], "-1"))
        .on_event(move |event| every(event.message().unwrap().selector().to_string()));
    let dispatch = |handlers: &mut Handlers, data: &str| handlers.dispatch(&Event::from(Message::parse("1", data)));

    assert!(dispatch(&mut handlers, r#"cmd.ChatMessage {"from":"lab"}"#).unwrap());
    assert!(dispatch(&mut handlers, r#"home@cmd.announce "hi""#).unwrap());
    assert!(!dispatch(&mut handlers, r#"away@cmd.announce "hi""#).unwrap());
    assert!(dispatch(&mut handlers, r#"home@cmd.onJoin {"userId":"-1"}"#).unwrap());
    assert_eq!(dispatch(&mut handlers, "cmd.ChatMessage nonsense").unwrap_err().kind(), ErrorKind::Decode);
    let mut handlers = handlers.on_error(move |error| failed(format!("{:?}", error.kind())));
    assert!(dispatch(&mut handlers, "cmd.ChatMessage [2]").unwrap());
    assert_eq!(
        *seen.lock().unwrap(),
        [
            "every: cmd.ChatMessage",
            "typed: lab",
            r#"raw: {"from":"lab"}"#,
            "every: cmd.announce",
            "channel: hi",
            "every: cmd.announce",
            "every: cmd.onJoin",
            "every: cmd.ChatMessage",
            "raw: nonsense",
            "every: cmd.ChatMessage",
            "failed: Decode",
            "raw: [2]",
        ]
    );
}
