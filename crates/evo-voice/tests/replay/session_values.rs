//! The sessions that the recorded hosts return, written by hand, in the types of each client.

/// Defines the values in the types of the client `api`.
macro_rules! session_values {
    () => {
        use api::customers::CustomerBreadcrumb;
        use api::flows::FlowChannels;
        use api::sessions::{
            SessionCallState, SessionDialState, SessionDirections, SessionHoldReasons, SessionInfo, SessionLogInfo,
            SessionMemberCallState, SessionMemberInfo, SessionMemberRoles, SessionQueueStates,
        };

        /// A connected session.
        pub fn connected(id: &str) -> SessionInfo {
            let text = |text: &str| Some(text.to_owned());
            let mut customer = CustomerBreadcrumb::default();
            customer.id = text("c1");
            customer.name = text("Top");

            let mut log = SessionLogInfo::default();
            log.date = text("2026-05-01T00:00:01Z");
            log.message = text("dialed, {then} [answered]");

            let mut member = SessionMemberInfo::default();
            member.identity = text("u1");
            member.application_data.insert("key:1".to_owned(), "v,1".to_owned());
            member.call_state = SessionMemberCallState::Connected;
            member.role = SessionMemberRoles::Agent;
            member.muted = true;

            let mut session = SessionInfo::default();
            session.dial_state = SessionDialState::Active;
            session.call_state = SessionCallState::Connected;
            session.queue_state = SessionQueueStates::None;
            session.account_id = text("a1");
            session.account_name = text("Acme, \"Inc\"");
            session.customer_breadcrumb = vec![customer];
            session.from_address = text("+18144043093");
            session.channel = FlowChannels::Voice;
            session.hold_reason = SessionHoldReasons::None;
            session.display_name = text("Call 1");
            session.log = vec![log];
            session.members = vec![member];
            session.direction = SessionDirections::Outgoing;
            session.id = text(id);
            session.date_created = text("2026-05-01T00:00:00Z");
            session.created_by = text("someone@example.org");
            session
        }
    };
}

/// Values in the types of the client for the production server.
pub mod production {
    use evo_voice as api;

    session_values!();

    /// A session on hold.
    pub fn held(id: &str) -> SessionInfo {
        let mut session = connected(id);
        session.call_state = SessionCallState::Hold;
        session
    }

    /// A session on hold for a transfer.
    pub fn transferring(id: &str) -> SessionInfo {
        let mut session = held(id);
        session.call_sid = Some("CA1".to_owned());
        session.hold_reason = SessionHoldReasons::Transferring;
        session
    }
}

/// Values in the types of the client for the recorded host.
pub mod of_host {
    use crate::host as api;

    session_values!();
}
