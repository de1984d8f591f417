//! The client type of the service, without a server.

use std::time::Duration;

use evo_voice::evo_runtime::transport::{HttpReply, ScriptedTransport};
use evo_voice::sessions::{DeleteChatMember, EndSession, HoldSession, SessionHoldReasons, SessionInfo};
use evo_voice::{Address, Basic, Client, ErrorKind, Format};

fn session(id: Option<String>) -> SessionInfo {
    let mut session = SessionInfo::default();
    session.id = id;
    session
}

fn server() -> ScriptedTransport {
    ScriptedTransport::default()
        .on::<HoldSession>(|request| Ok(session(request.session_id)))
        .on::<DeleteChatMember>(|_| Err(HttpReply::error(404, "NotFound", "no such member").into()))
        .on::<EndSession>(|_| Ok(()))
        .delay::<EndSession>(Duration::from_secs(60))
}

fn client(server: &ScriptedTransport) -> Client {
    let built: Client = Client::builder("https://evovoice.io")
        .timeout(Duration::from_secs(20))
        .header("X-Tenant", "acme")
        .transport(server.clone())
        .build()
        .unwrap();
    built
}

#[tokio::test]
async fn the_scripted_transport_responds_by_operation_and_records_requests() {
    let server = server();
    let evo = client(&server);
    let hold = HoldSession::new("s1").reason(SessionHoldReasons::Transferring);
    assert_eq!(evo.send(hold.clone()).await.unwrap(), session(Some("s1".to_owned())));
    let routes: Client = evo.clone().with_addresses(&[Address::Reply]).with_format(Format::Jsv);
    assert_eq!(routes.send(hold.clone()).await.unwrap(), session(Some("s1".to_owned())));
    assert_eq!(server.sent::<HoldSession>(), [hold.clone(), hold]);

    let error = evo.send(DeleteChatMember::new().session_id("s1")).await.unwrap_err();
    assert_eq!((error.error_code(), error.message()), (Some("NotFound"), "no such member"));
    assert_eq!(evo.send(EndSession::new("s1")).await.unwrap_err().kind(), ErrorKind::Timeout);
    let patient: Client =
        evo.with_timeout(Duration::from_secs(90)).with_auth(Basic::new("u", "p")).with_iso_dates(false);
    patient.send(EndSession::new("s2")).await.unwrap();
    assert_eq!(server.sent::<EndSession>(), [EndSession::new("s1"), EndSession::new("s2")]);
}

#[cfg(feature = "blocking")]
#[test]
fn the_client_can_be_used_without_an_async_runtime() {
    use evo_voice::evo_runtime::blocking;

    let server = server();
    let waiting = blocking::Client::from(client(&server));
    assert_eq!(waiting.send(HoldSession::new("s1")).unwrap(), session(Some("s1".to_owned())));
    let call = waiting.call(HoldSession::new("s2")).header("X-Tenant", "other");
    assert_eq!(waiting.wait(call.send()).unwrap(), session(Some("s2".to_owned())));
}
