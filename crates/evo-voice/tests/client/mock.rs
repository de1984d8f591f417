//! This client and that of the recorded host call every operation of a mock of Evo Voice, and decode every response.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::operations::{Call, bytes, nothing, stream, value};
use crate::{calling, host};

/// Calls by the kind of their responses.
macro_rules! calls {
    ($($kind:ident: $($operation:path),+;)+) => { vec![$($($kind::<$operation>()),+),+] };
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures").join(path)
}

/// Returns the names of the operations of a document without a call.
fn uncalled(document: &Path, calls: &[Call]) -> Vec<String> {
    let document: Value = serde_json::from_slice(&std::fs::read(document).unwrap()).unwrap();
    let operations = document["operations"].as_array().unwrap().iter();
    let names = operations.filter_map(|operation| operation["request"]["name"].as_str());
    names.filter(|name| !calls.iter().any(|call| call.spec.name == *name)).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_client_of_evo_voice_calls_every_operation() {
    let document = fixture("evo-voice/metadata.json");
    let calls = evo_voice_calls();
    // The runtime provides the operation for signing in.
    assert_eq!(uncalled(&document, &calls), ["Authenticate"]);
    let wrong = calling::call_all(&document, &calls).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_client_of_the_recorded_host_calls_every_operation() {
    use host::flows::GetFlowParameters;
    use host::sessions::{
        DeleteChatMember, EndSession, GetSession, HoldSession, ListSessions, NewOutgoingSession, PatchSession,
    };
    let document = fixture("recordings/10.1.5/evo.st-camel.metadata.json");
    let calls = calls! {
        value: DeleteChatMember, GetFlowParameters, GetSession, HoldSession, ListSessions, NewOutgoingSession, PatchSession;
        nothing: EndSession;
    };
    assert_eq!(uncalled(&document, &calls), Vec::<String>::new());
    let wrong = calling::call_all(&document, &calls).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn evo_voice_calls() -> Vec<Call> {
    use evo_voice::{
        NotUsedRequest, accounts, addresses, ai, alerts, app, authentication, billing, customers, dashboard, endpoints,
        files, flows, integrations, logging, messaging, nodes, notifications, portal, reports, scheduling, sessions,
        settings,
    };
    calls! {
        value: accounts::CheckAccount, accounts::GetAccount, accounts::ListAccounts, accounts::NewAccount, accounts::PatchAccount;
        value: addresses::PatchAddress, ai::ApplyAISession, ai::GetAISession, ai::ListAISessions, ai::NewAISession;
        value: ai::PatchAISession, alerts::GetAlert, alerts::ListAlerts, alerts::NewAlert, alerts::PatchAlert;
        value: app::GetAppConfig, app::GetMyContacts, app::GetMyFiles, app::ListSettingsObjects, app::PatchSettingsObject;
        value: app::UpdateUserInfo, app::UploadFile, authentication::GetAuthStatus, authentication::NewUser, authentication::PatchUser;
        value: authentication::RequestAuthToken, billing::GetBilling, customers::GetCustomer, customers::ListCustomers, customers::NewCustomer;
        value: customers::PatchCustomer, customers::SetCustomerStagingMode, dashboard::GetActiveCalls, dashboard::ListCalls, dashboard::ListUsageRecords;
        value: endpoints::BuyPhoneNumber, endpoints::GetEndpointAppConfig, endpoints::ListEndpoints, endpoints::PatchEndpoint, endpoints::SetPhoneNumberIsFax;
        value: files::GetFile, files::ListFiles, files::NewFile, files::PatchFile, flows::CopyFlow;
        value: flows::GetFlow, flows::ListFlows, flows::NewFlow, flows::PatchFlow, integrations::NewIntegration;
        value: logging::ListLogEntries, messaging::ListConversations, messaging::ListMessages, notifications::ListNotifications, notifications::ResendNotification;
        value: portal::AppGetActiveSessions, portal::AppGetCallHistory, portal::AppGetFiles, portal::AppGetFlows, portal::AppGetHomeInformation;
        value: portal::AppGetSystemSettings, portal::AppNewAssistant, portal::AppUploadFile, reports::AgentStateReport, reports::BillingReport;
        value: scheduling::GetInheritedSchedule, scheduling::TestSchedule, sessions::AddConferenceMember, sessions::DeleteChatMember, sessions::GetActiveSessions;
        value: sessions::GetChatTranscript, sessions::GetMySessions, sessions::HoldSession, sessions::InviteChatMember, sessions::ListSessions;
        value: sessions::NewSession, sessions::PatchSession, sessions::SendMessage, settings::GetSystemSettings, settings::PatchSystemSettings;
        nothing: authentication::DeleteUser, authentication::ForgotPassword, billing::NewBillable, sessions::EndSession, sessions::NewOutgoingSession;
        nothing: sessions::RedirectSession;
        bytes: NotUsedRequest, authentication::RecoverPassword, flows::ImportPackage, messaging::SendEndpointMessage, nodes::CogitoWebhookRequest;
        bytes: nodes::ai::LiveAnswerChatCallback, nodes::ai::LiveAnswerSendEmail, sessions::DeleteSessions, sessions::NewOutgoingSessionCallback, settings::PatchDialingPermissions;
        stream: flows::NewFlowMessage, nodes::ai::LiveAnswerCallback;
    }
}
