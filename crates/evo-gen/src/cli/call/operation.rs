//! Describes an operation and its service for the runtime, as generated code does.

use evo_runtime::operations::AnswerShape;
use evo_runtime::{Address, OperationSpec, Service};

use super::kinds::leaked;
use crate::api::{self, Answer, Route};
use crate::config::AddressKind;

/// Describes how the operation of an item is called, as the macro `operation!` does.
pub fn spec_of(item: &api::Item, operation: &api::Operation) -> OperationSpec {
    let routes: Vec<&'static str> = operation.routes.iter().map(|route: &Route| leaked(&route.template())).collect();
    let mut spec = OperationSpec::new(leaked(&operation.name), operation.verb.name(), routes.leak());
    spec = spec.answering(match operation.answer {
        Answer::Nothing => AnswerShape::Nothing,
        Answer::Json(_) => AnswerShape::Value,
        Answer::Text | Answer::Bytes => AnswerShape::Raw,
        Answer::Download => AnswerShape::Stream,
    });
    if item.has_dates {
        spec = spec.dates();
    }
    if operation.only_routes {
        spec = spec.only_routes();
    }
    spec
}

/// Describes the service, as the constant `SERVICE` of a generated client does.
pub fn service_of(stated: &api::Service) -> Service {
    let mut service = Service::new(leaked(&stated.name));
    if !stated.addresses.is_empty() {
        let addresses: Vec<Address> = stated.addresses.iter().map(|kind| address(*kind)).collect();
        service = service.addresses(addresses.leak());
    }
    let Some(facts) = &stated.facts else { return service };
    service = service.endpoint_routing(facts.endpoint_routing);
    match facts.api {
        Some(api) => service.api(api),
        None => service,
    }
}

fn address(kind: AddressKind) -> Address {
    match kind {
        AddressKind::Api => Address::Api,
        AddressKind::Routes => Address::Routes,
        AddressKind::Reply => Address::Reply,
    }
}
