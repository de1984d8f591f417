//! Event streams as bytes: the format of the standard, split at any position, and the recorded streams.

use std::time::Duration;

use evo_runtime::Value;
use evo_runtime::events::{Event, Frame, FrameReader, FrameTooLong};
use proptest::prelude::*;

/// Parses the frames in these pieces of a stream.
fn frames<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Frame> {
    let mut reader = FrameReader::new(1024 * 1024);
    let mut frames = Vec::new();
    for piece in pieces {
        reader.feed(piece);
        while let Some(frame) = reader.next_frame().unwrap() {
            frames.push(frame);
        }
    }
    frames
}

fn frame(id: &str, event: &str, data: &str) -> Frame {
    Frame { id: id.to_owned(), event: event.to_owned(), data: data.to_owned() }
}

#[test]
fn streams_are_read_as_the_standard_says() {
    for (what, stream, expected) in [
        ("nothing", "", vec![]),
        ("one frame", "id: 1\ndata: a b\n\n", vec![frame("1", "", "a b")]),
        ("CRLF", "id: 1\r\ndata: a\r\n\r\ndata: b\r\n\r\n", vec![frame("1", "", "a"), frame("1", "", "b")]),
        ("CR", "id: 1\rdata: a\r\rdata: b\r\r", vec![frame("1", "", "a"), frame("1", "", "b")]),
        ("mixed line ends", "data: a\r\n\ndata: b\r\r\n", vec![frame("", "", "a"), frame("", "", "b")]),
        ("no blank after the colon", "id:1\ndata:a\n\n", vec![frame("1", "", "a")]),
        ("one blank is dropped, no more", "data:  a \n\n", vec![frame("", "", " a ")]),
        ("several lines of data", "data: a\ndata:\ndata: b\n\n", vec![frame("", "", "a\n\nb")]),
        ("empty data is data", "data\n\ndata:\n\n", vec![frame("", "", ""), frame("", "", "")]),
        ("no data is no frame", "id: 7\nevent: x\n\ndata: a\n\n", vec![frame("7", "", "a")]),
        (
            "the id stays",
            "id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
            vec![frame("7", "", "a"), frame("7", "", "b"), frame("", "", "c")],
        ),
        ("an id with NUL is none", "id: 7\0\ndata: a\n\n", vec![frame("", "", "a")]),
        ("the event", "event: x\ndata: a\n\ndata: b\n\n", vec![frame("", "x", "a"), frame("", "", "b")]),
        ("comments", ": hi\n:\n\ndata: a\n: between\ndata: b\n\n", vec![frame("", "", "a\nb")]),
        ("unknown fields", "DATA: x\n data: y\nfoo: z\nbar\ndata: a\n\n", vec![frame("", "", "a")]),
        ("colons in values", "data: a: b:c\n\n", vec![frame("", "", "a: b:c")]),
        (
            "a byte order mark",
            "\u{feff}data: a\n\n\u{feff}data: b\n\ndata: c\n\n",
            vec![frame("", "", "a"), frame("", "", "c")],
        ),
        ("an end without an empty line", "data: a\n\ndata: b\n", vec![frame("", "", "a")]),
    ] {
        assert_eq!(frames([stream.as_bytes()]), expected, "{what}");
        assert_eq!(frames(stream.as_bytes().chunks(1)), expected, "{what}, byte by byte");
    }
    assert_eq!(frames([&b"data: \xff\n\n"[..]]), [frame("", "", "\u{fffd}")], "what is no UTF-8");
}

#[test]
fn the_retry_field_is_a_number() {
    for (stream, expected) in [
        ("retry: 1500\n", Some(1500)),
        ("retry:0\n", Some(0)),
        ("retry: 1.5\n", None),
        ("retry: -1\n", None),
        ("retry\n", None),
        ("retry: 99999999999999999999999\n", None),
    ] {
        let mut reader = FrameReader::new(100);
        reader.feed(stream.as_bytes());
        assert_eq!(reader.next_frame(), Ok(None), "{stream}");
        assert_eq!(reader.retry(), expected.map(Duration::from_millis), "{stream}");
    }
}

#[test]
fn long_frames_of_every_kind_are_rejected() {
    let line = format!("data: {}", "x".repeat(200));
    let lines = "data: 1234567890\n".repeat(20);
    for (what, stream) in [("a line", line), ("many lines", lines), ("an id", format!("id: {}\n", "1".repeat(200)))] {
        let mut reader = FrameReader::new(100);
        let mut result = Ok(None);
        for piece in stream.as_bytes().chunks(7) {
            reader.feed(piece);
            result = reader.next_frame();
            if result.is_err() {
                break;
            }
        }
        assert_eq!(result, Err(FrameTooLong { limit: 100 }), "{what}");
    }
    let mut reader = FrameReader::new(100);
    for number in 0..1000 {
        reader.feed(format!(": a comment\ndata: {number}\n\n").as_bytes());
        assert_eq!(reader.next_frame().unwrap().unwrap().data, number.to_string());
    }
}

/// Returns the body of the recorded stream of a host, without the chunked encoding.
fn recorded(host: &str) -> Vec<u8> {
    let path = format!("{}/../../fixtures/recordings/10.1.5/events.{host}.json", env!("CARGO_MANIFEST_DIR"));
    let exchanges: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let exchange = exchanges.iter().find(|exchange| exchange["id"] == "event-stream").unwrap();
    let raw = exchange["rawResponse"].as_str().unwrap().as_bytes();
    let start = raw.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
    let (mut rest, mut body) = (&raw[start..], Vec::new());
    loop {
        let end = rest.windows(2).position(|bytes| bytes == b"\r\n").unwrap();
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if length == 0 {
            return body;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + length]);
        rest = &rest[end + 2 + length + 2..];
    }
}

const HOSTS: [&str; 3] = ["st-camel", "st-pascal", "stj"];

#[test]
fn recorded_streams_are_read_whole() {
    for host in HOSTS {
        let events: Vec<Event> = frames([&*recorded(host)]).into_iter().map(Event::from).collect();
        let shown: Vec<String> = events
            .iter()
            .map(|event| {
                let message = event.message().unwrap();
                let (kind, channels) = match event {
                    Event::Connected { connection, .. } => ("Connected", connection.subscriber.channels.join(",")),
                    Event::Joined { subscriber, .. } => ("Joined", subscriber.channels.join(",")),
                    Event::Updated { subscriber, .. } => ("Updated", subscriber.channels.join(",")),
                    Event::Heartbeat { subscriber, .. } => ("Heartbeat", subscriber.channels.join(",")),
                    Event::Message(message) => ("Message", message.text().into_owned()),
                    other => panic!("{host}: {other:?}"),
                };
                format!("{} {kind} {:?} {} {channels}", message.id().unwrap(), message.channel(), message.selector())
            })
            .collect();
        let chat = match host {
            "st-pascal" => r#"{"Id":1,"From":"lab","Text":"hi, \"you\"\nthere ☃"}"#,
            _ => r#"{"id":1,"from":"lab","text":"hi, \"you\"\nthere ☃"}"#,
        };
        assert_eq!(
            shown,
            [
                "1 Connected None cmd.onConnect home,away".to_owned(),
                "2 Joined Some(\"home\") cmd.onJoin home,away".to_owned(),
                "3 Joined Some(\"away\") cmd.onJoin home,away".to_owned(),
                format!("4 Message Some(\"home\") cmd.ChatMessage {chat}"),
                "5 Message Some(\"away\") css.background$#top bar \"#673ab7\"".to_owned(),
                "6 Message Some(\"home\") cmd.announce plain".to_owned(),
                "7 Heartbeat None cmd.onHeartbeat home,away".to_owned(),
                "8 Updated Some(\"home\") cmd.onUpdate home".to_owned(),
                "9 Updated Some(\"home\") cmd.onUpdate home,third".to_owned(),
                "10 Updated Some(\"third\") cmd.onUpdate home,third".to_owned(),
            ],
            "{host}"
        );
        let Some(Event::Connected { connection, .. }) = events.first() else { panic!("{host}: {events:?}") };
        assert_eq!(connection.heartbeat_interval, Some(Duration::from_secs(2)), "{host}");
        assert_eq!(connection.idle_timeout, Some(Duration::from_secs(6)), "{host}");
        let url = format!("http://127.0.0.1/event-heartbeat?id={}", connection.id);
        assert_eq!(connection.heartbeat_url.as_deref(), Some(url.as_str()), "{host}");
        assert_eq!(connection.subscriber.display_name.as_deref(), Some("user1"), "{host}");
        assert_eq!(connection.subscriber.user_id.as_deref(), Some("-1"), "{host}");
        assert!(connection.subscriber.created_at.is_some() && connection.subscriber.meta.is_empty(), "{host}");
    }
}

/// Splits a stream at these positions.
fn cut<'a>(stream: &'a [u8], places: &[usize]) -> Vec<&'a [u8]> {
    let mut places: Vec<usize> = places.iter().map(|place| place % (stream.len() + 1)).collect();
    places.sort_unstable();
    let mut pieces = Vec::new();
    let mut start = 0;
    for place in places {
        pieces.push(&stream[start..place]);
        start = place;
    }
    pieces.push(&stream[start..]);
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_of_a_recorded_stream_gives_the_same_frames(
        host in 0..3_usize,
        line_end in 0..3_usize,
        places in proptest::collection::vec(any::<usize>(), 0..40),
    ) {
        let stream = recorded(HOSTS[host]);
        let whole = frames([&*stream]);
        prop_assert_eq!(whole.len(), 10);
        let stream = String::from_utf8(stream).unwrap().replace('\n', ["\n", "\r\n", "\r"][line_end]);
        prop_assert_eq!(frames(cut(stream.as_bytes(), &places)), whole);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(
        stream in proptest::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(b':'), Just(b' '), Just(b'@'), any::<u8>()], 0..200),
        places in proptest::collection::vec(any::<usize>(), 0..10),
    ) {
        let whole = frames([&*stream]);
        prop_assert_eq!(&frames(cut(&stream, &places)), &whole);
        for frame in whole {
            let event = Event::from(frame);
            prop_assert!(event.message().is_some());
        }
    }
}
