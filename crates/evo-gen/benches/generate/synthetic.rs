//! Synthetic services of any size that resemble real ones: members of every kind, shared types, generic types, enums, hierarchies,
//! AutoQuery, routes, and a namespace per fifty operations. The document depends only on the number of operations.

use serde_json::{Value, json};

/// Builds the document of a service with this number of operations.
pub fn document(operations: usize) -> Value {
    let service = Service { shared: operations / 2 + 1, enums: operations / 5 + 1, areas: operations / 50 + 1 };
    let mut random = Random(0x5eed);
    let mut types: Vec<Value> = (0..service.shared).map(|number| service.shared_type(number, &mut random)).collect();
    types.extend((0..service.enums).map(|number| Service::choice(number, &mut random)));
    for (name, member) in [("ListResponse`1", "Results"), ("Page`1", "Items")] {
        types.push(json!({
            "name": name, "namespace": "Big.Service.Types", "genericArgs": ["T"], "isGenericTypeDef": true,
            "properties": [
                { "name": member, "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": ["T"] },
                { "name": "Total", "type": "Int32", "namespace": "System", "isValueType": true },
            ],
        }));
    }
    let operations: Vec<Value> = (0..operations).map(|number| service.operation(number, &mut random)).collect();
    json!({ "config": { "baseUrl": "https://big.example.org" }, "types": types, "operations": operations })
}

/// The number of items of each kind.
struct Service {
    shared: usize,
    enums: usize,
    areas: usize,
}

/// The words for names.
const WORDS: [&str; 24] = [
    "Account", "Billing", "Call", "Customer", "Delivery", "Device", "Email", "Flow", "Group", "Invoice", "Line",
    "Member", "Message", "Number", "Order", "Payment", "Phone", "Queue", "Record", "Report", "Route", "Session",
    "Team", "Voice",
];

/// The verbs of operations, as words and as HTTP methods.
const ACTIONS: [(&str, &str); 5] =
    [("Get", "GET"), ("Find", "GET"), ("Create", "POST"), ("Update", "PUT"), ("Delete", "DELETE")];

impl Service {
    fn area(&self, number: usize) -> String {
        format!("Big.Service.{}{}", word(number), number % self.areas)
    }

    fn shared_name(number: usize) -> String {
        format!("{}{}{number}", word(number), word(number / 7))
    }

    fn operation(&self, number: usize, random: &mut Random) -> Value {
        let area = self.area(number % self.areas);
        let (action, verb) = random.pick(&ACTIONS);
        let name = format!("{action}{}{number}", word(number));
        let mut members = self.members(&name, random);
        members.insert(0, json!({ "name": "Id", "type": "String", "namespace": "System", "isRequired": true }));
        let shared = random.below(self.shared);
        let mut request = json!({
            "name": name, "namespace": area, "description": format!("{action}s one {} of the service by its id.", word(number)),
            "properties": members,
        });
        let mut operation = json!({
            "actions": [verb], "method": verb, "requiresAuth": true, "requiredRoles": ["User"], "tags": [word(number)],
            "routes": [{ "path": format!("/{}/{{Id}}/{name}", word(number).to_lowercase()), "verbs": verb }],
        });
        match random.below(4) {
            0 => {
                operation["response"] = json!({
                    "name": format!("{name}Response"), "namespace": area, "properties": self.members(&name, random),
                });
                operation["returnType"] = json!({ "name": format!("{name}Response"), "namespace": area });
            }
            1 => {
                operation["returnType"] =
                    json!({ "name": Self::shared_name(shared), "namespace": "Big.Service.Types" });
            }
            2 => {
                operation["returnType"] = json!({
                    "name": "ListResponse`1", "namespace": "Big.Service.Types", "genericArgs": [Self::shared_name(shared)],
                });
            }
            _ => {
                let row = json!([Self::shared_name(shared)]);
                request["inherits"] = json!({ "name": "QueryDb`1", "namespace": "ServiceStack", "genericArgs": row });
                operation["returnType"] =
                    json!({ "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": row });
            }
        }
        operation["request"] = request;
        operation
    }

    /// Builds a shared type. Every tenth one is abstract; every fourth one derives from the nearest abstract one, or from the previous one.
    fn shared_type(&self, number: usize, random: &mut Random) -> Value {
        let name = Self::shared_name(number);
        let mut shared = json!({
            "name": name, "namespace": "Big.Service.Types", "properties": self.members(&name, random),
            "description": format!("What the service knows about a {}.", word(number)),
        });
        if number.is_multiple_of(10) {
            shared["isAbstract"] = json!(true);
        } else if number.is_multiple_of(4) {
            let base = if number.is_multiple_of(8) { number / 10 * 10 } else { number - 1 };
            shared["inherits"] = json!({ "name": Self::shared_name(base), "namespace": "Big.Service.Types" });
        }
        shared
    }

    fn choice(number: usize, random: &mut Random) -> Value {
        let values = random.between(3, 12);
        json!({
            "name": format!("{}Kind{number}", word(number)), "namespace": "Big.Service.Types", "isEnum": true,
            "enumNames": (0..values).map(|value| format!("{}{value}", word(number + value))).collect::<Vec<_>>(),
        })
    }

    fn members(&self, of: &str, random: &mut Random) -> Vec<Value> {
        let count = random.between(10, 17);
        (0..count).map(|number| self.member(of, number, random)).collect()
    }

    fn member(&self, of: &str, number: usize, random: &mut Random) -> Value {
        let name = format!("{}{}", word(random.below(WORDS.len())), word(number));
        let name = format!("{name}{number}");
        let mut member = match random.below(12) {
            0..4 => json!({ "type": "String", "namespace": "System" }),
            4 => json!({ "type": "Int32", "namespace": "System", "isValueType": true }),
            5 => json!({ "type": "Boolean", "namespace": "System", "isValueType": true }),
            6 => json!({ "type": "DateTime", "namespace": "System", "isValueType": true }),
            7 => json!({ "type": "Nullable`1", "namespace": "System", "genericArgs": ["Guid"], "isValueType": true }),
            8 => {
                let number = random.below(self.enums);
                json!({ "type": format!("{}Kind{number}", word(number)), "namespace": "Big.Service.Types", "isValueType": true, "isEnum": true })
            }
            9 => {
                let item = Self::shared_name(random.below(self.shared));
                json!({ "type": "List`1", "namespace": "System.Collections.Generic", "genericArgs": [item] })
            }
            10 => {
                json!({ "type": "Dictionary`2", "namespace": "System.Collections.Generic", "genericArgs": ["String", "Decimal"] })
            }
            _ => json!({ "type": Self::shared_name(random.below(self.shared)), "namespace": "Big.Service.Types" }),
        };
        if random.below(3) > 0 {
            member["description"] = json!(format!("The {} of {of}, as it was entered.", name.to_lowercase()));
        }
        member["name"] = json!(name);
        member
    }
}

fn word(number: usize) -> &'static str {
    WORDS.get(number % WORDS.len()).copied().unwrap_or_default()
}

/// Pseudo-random numbers (splitmix64).
struct Random(u64);

impl Random {
    /// Returns a number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or_default()
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    fn pick<T: Copy>(&mut self, of: &[T; 5]) -> T {
        of[self.below(5)]
    }
}
