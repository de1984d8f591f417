//! Random hostile documents: every kind of type, member and operation, with every kind of problematic name.
//!
//! Each document draws its names from a small pool, so that the same names are used for types, base classes, arguments and members.

use serde_json::{Map, Value, json};

use super::random::Random;

/// Builds the document for these random numbers.
pub fn document(mut random: Random) -> Value {
    let pool: Vec<&str> = (0..4 + random.below(12)).map(|_| name(&mut random)).collect();
    let namespaces: Vec<&str> = (0..=random.below(4)).map(|_| random.pick(&NAMESPACES)).collect();
    let mut made = Made { random, pool, namespaces };
    let types = made.random.below(12);
    let operations = made.random.below(8);
    json!({
        "config": { "baseUrl": made.text() },
        "types": (0..types).map(|_| made.definition()).collect::<Vec<_>>(),
        "operations": (0..operations).map(|_| made.operation()).collect::<Vec<_>>(),
    })
}

/// Ordinary names.
const PLAIN: [&str; 12] =
    ["Order", "Item", "Name", "Id", "Status", "Customer", "Page", "Kind", "Total", "Created", "Lines", "Parent"];

/// Names with a meaning in Rust, in the macros or in the runtime.
const TAKEN: [&str; 52] = [
    "type",
    "Type",
    "Self",
    "self",
    "crate",
    "super",
    "async",
    "gen",
    "union",
    "dyn",
    "try",
    "fn",
    "r#type",
    "static",
    "Option",
    "Vec",
    "Box",
    "String",
    "Result",
    "Some",
    "None",
    "Ok",
    "Err",
    "Default",
    "Clone",
    "Debug",
    "Client",
    "SERVICE",
    "Service",
    "Value",
    "BTreeMap",
    "Unknown",
    "Unrecognized",
    "Other",
    "Bytes",
    "DateTime",
    "record",
    "setters",
    "operation",
    "new",
    "New",
    "validate",
    "default",
    "clone",
    "with_new",
    "N",
    "n1",
    "std",
    "evo_runtime",
    "dto",
    "bool",
    "i32",
];

/// Names that are the same in Rust.
const SAME: [&str; 9] =
    ["UserId", "userId", "user_id", "USER_ID", "UserID", "User-Id", "User Id", "user__id", "UserId2"];

/// Invalid names.
const NASTY: [&str; 44] = [
    "_",
    "__",
    "1",
    "2nd",
    "9_9",
    "-",
    " ",
    "\u{0}",
    "\u{7f}",
    "a\nb",
    "a\rb",
    "a\"b",
    "a'b",
    "'",
    "'T",
    "\\",
    "{",
    "}",
    "{}",
    "*/",
    "/*",
    "//",
    "\"#",
    "\"; fn evil() {} //",
    "#[evil]",
    "evil!()",
    "$crate",
    "`",
    "T`",
    "List`1",
    "A`1",
    "A.B",
    "A+B",
    "A<B>",
    "A[]",
    "..",
    "../../x",
    "C:\\x",
    "CON",
    "nul",
    "COM1",
    "LPT9.txt",
    "]]>",
    "</script>",
];

/// Names in other scripts, and with confusable characters.
const FOREIGN: [&str; 20] = [
    "Größe",
    "名前",
    "é",
    "e\u{301}",
    "\u{202e}evil",
    "ﬁ",
    "ß",
    "İ",
    "ǅ",
    "a\u{200d}b",
    "🎉",
    "\u{feff}x",
    "а",
    "Имя",
    "Ｆｕｌｌ",
    "ª",
    "x²",
    "\u{301}x",
    "ℝ",
    "ſ",
];

const NAMESPACES: [&str; 20] = [
    "Shop",
    "Shop.Api",
    "Shop.Api.Types",
    "Shop.Type",
    "Shop.Client",
    "Shop.Self",
    "Shop.type",
    "Shop.CON",
    "ServiceStack",
    "System",
    "System.Collections.Generic",
    "",
    ".",
    "Shop..X",
    "../../x",
    "a\nb",
    "名.前",
    "Shop.Api.Api",
    "ShopApi",
    "shop.api",
];

const TEXTS: [&str; 20] = [
    "",
    " ",
    "The id of the order.",
    "# A heading\n\n- a list\n- of two",
    "```rust\nfn evil() {}\n```",
    "```",
    "    indented",
    "</summary>",
    "<script>alert(1)</script>",
    "]]>",
    "*/ fn evil() {} /*",
    "see [Order] or [this](http://x.org/a)",
    "[evil]: http://x.org",
    "https://x.org/a?b=<c>&d",
    "a\r\nb\rc\u{2028}d",
    "\u{202e}\u{0}\u{7}",
    "| a | b |\n|---|---|",
    "`a` ``b``` ```",
    "\\ \" ' $ ~ ^",
    "ServiceStack's UserId and user_id()",
];

fn name(random: &mut Random) -> &'static str {
    match random.below(10) {
        0..4 => random.pick(&PLAIN),
        4..6 => random.pick(&TAKEN),
        6 => random.pick(&SAME),
        7..9 => random.pick(&NASTY),
        _ => random.pick(&FOREIGN),
    }
}

struct Made {
    random: Random,
    pool: Vec<&'static str>,
    namespaces: Vec<&'static str>,
}

impl Made {
    fn name(&mut self) -> String {
        if self.random.once_in(60) {
            return self.random.pick(&["L", "名", "_", "a_"]).repeat(250);
        }
        if self.random.once_in(6) { name(&mut self.random).to_owned() } else { self.random.pick(&self.pool).to_owned() }
    }

    fn namespace(&mut self) -> String {
        if self.random.once_in(8) { self.random.pick(&NAMESPACES) } else { self.random.pick(&self.namespaces) }
            .to_owned()
    }

    fn text(&mut self) -> String {
        let texts = self.random.some(3, |random| random.pick(&TEXTS));
        texts.join(self.random.pick(&["\n\n", "\n", " "]))
    }

    /// Returns a type as written in documents.
    fn spelled(&mut self, depth: usize) -> String {
        match self.random.below(if depth > 3 { 4 } else { 10 }) {
            0..2 => self.name(),
            2 => self.random.pick(&["T", "'T", "U", "TItem"]).to_owned(),
            3 => self.scalar(),
            4 => format!("{}[]", self.spelled(depth + 1)),
            5 => format!("List<{}>", self.spelled(depth + 1)),
            6 => format!("Nullable<{}>", self.spelled(depth + 1)),
            7 => format!("Dictionary<{},{}>", self.spelled(depth + 1), self.spelled(depth + 1)),
            8 => format!("{}<{}>", self.name(), self.spelled(depth + 1)),
            _ => self
                .random
                .pick(&["", "<", "List<", "A<B", "[]", "List`1[][]", "Tuple`9", "`", ",", "Func`2", "Action"])
                .to_owned(),
        }
    }

    fn scalar(&mut self) -> String {
        let scalars = [
            "String",
            "Int32",
            "Int64",
            "Boolean",
            "Byte",
            "Byte[]",
            "Char",
            "Double",
            "Decimal",
            "DateTime",
            "DateTimeOffset",
            "DateOnly",
            "TimeSpan",
            "Guid",
            "Object",
            "Uri",
            "DayOfWeek",
            "Stream",
            "IntPtr",
        ];
        self.random.pick(&scalars).to_owned()
    }

    fn type_name(&mut self) -> Value {
        let count = self.random.below(3);
        let name = self.name();
        let arity = if count > 0 && !self.random.once_in(4) { format!("`{count}") } else { String::new() };
        let args: Vec<String> = (0..count).map(|_| self.spelled(1)).collect();
        json!({ "name": format!("{name}{arity}"), "namespace": self.namespace(), "genericArgs": args })
    }

    fn member(&mut self) -> Value {
        let (spelled, namespace, args) = match self.random.below(6) {
            0..2 => (self.scalar(), "System".to_owned(), Vec::new()),
            2 => (self.name(), self.namespace(), Vec::new()),
            3 => ("List`1".to_owned(), "System.Collections.Generic".to_owned(), vec![self.spelled(1)]),
            4 => (
                "Dictionary`2".to_owned(),
                "System.Collections.Generic".to_owned(),
                vec![self.spelled(2), self.spelled(2)],
            ),
            _ => (self.spelled(0), self.namespace(), Vec::new()),
        };
        let mut member = json!({ "name": self.name(), "type": spelled, "namespace": namespace, "genericArgs": args });
        for (key, times) in [("isValueType", 3), ("isEnum", 8), ("isRequired", 4), ("isPrimaryKey", 9)] {
            if self.random.once_in(times) {
                member[key] = json!(true);
            }
        }
        if self.random.once_in(3) {
            member["description"] = json!(self.text());
        }
        if self.random.once_in(5) {
            member["dataMember"] = json!({ "name": self.name(), "order": 1 });
        }
        if self.random.once_in(9) {
            member["allowableValues"] = json!([self.name(), self.text()]);
        }
        member
    }

    fn definition(&mut self) -> Value {
        let mut definition = json!({ "name": self.name(), "namespace": self.namespace() });
        if self.random.once_in(3) {
            definition["description"] = json!(self.text());
        }
        if self.random.once_in(8) {
            definition["notes"] = json!(self.text());
        }
        if self.random.once_in(5) {
            self.values(&mut definition);
            return definition;
        }
        if self.random.once_in(4) {
            let parameters: Vec<&str> =
                self.random.some(3, |random| random.pick(&["T", "'T", "U", "TItem", "Self", "a b", "1", ""]));
            let name = definition["name"].as_str().unwrap().to_owned();
            definition["name"] = json!(format!("{name}`{}", parameters.len()));
            definition["isGenericTypeDef"] = json!(true);
            definition["genericArgs"] = json!(parameters);
        }
        match self.random.below(8) {
            0..2 => definition["inherits"] = self.type_name(),
            2 => {
                let args = json!([self.spelled(1)]);
                definition["inherits"] =
                    json!({ "name": "List`1", "namespace": "System.Collections.Generic", "genericArgs": args });
            }
            _ => {}
        }
        for (key, times) in [("isAbstract", 5), ("isInterface", 9), ("isNested", 7)] {
            if self.random.once_in(times) {
                definition[key] = json!(true);
            }
        }
        let implemented = self.random.below(3);
        definition["implements"] = (0..implemented).map(|_| self.type_name()).collect();
        if self.random.once_in(6) {
            definition["innerTypes"] = json!([self.type_name()]);
        }
        let members = self.random.below(7);
        definition["properties"] = (0..members).map(|_| self.member()).collect();
        definition
    }

    fn values(&mut self, definition: &mut Value) {
        let count = self.random.below(6);
        definition["isEnum"] = json!(true);
        definition["enumNames"] = (0..count).map(|_| json!(self.name())).collect();
        if self.random.once_in(3) {
            definition["attributes"] = json!([{ "name": "Flags" }]);
        }
        if self.random.once_in(3) {
            definition["isEnumInt"] = json!(true);
        }
        if self.random.once_in(2) {
            let numbers = ["0", "1", "-1", "4", "1000000", "-9223372036854775808", "9223372036854775808", "x", ""];
            definition["enumValues"] = (0..count).map(|_| json!(self.random.pick(&numbers))).collect();
        }
        if self.random.once_in(3) {
            definition["enumMemberValues"] = (0..count).map(|_| json!(self.name())).collect();
        }
        if self.random.once_in(3) {
            definition["enumDescriptions"] = (0..count).map(|_| json!(self.text())).collect();
        }
    }

    fn operation(&mut self) -> Value {
        let mut request = self.definition();
        if self.random.once_in(5) {
            let args = json!([self.spelled(1)]);
            let base = self.random.pick(&["QueryDb`1", "QueryData`1", "QueryBase", "AuditBase", "QueryDb`2"]);
            request["inherits"] = json!({ "name": base, "namespace": "ServiceStack", "genericArgs": args });
        }
        let members: Vec<String> =
            request["properties"].as_array().into_iter().flatten().map(|member| member["name"].to_string()).collect();
        let mut operation = Map::new();
        operation.insert("request".to_owned(), request);
        self.answer(&mut operation);
        let mut put = |key: &str, value: Value| operation.insert(key.to_owned(), value);
        if !self.random.once_in(4) {
            put(
                "method",
                json!(self.random.pick(&["GET", "POST", "PUT", "DELETE", "PATCH", "GETJSON", "ANY", "", "x\ny"])),
            );
        }
        put("actions", json!(self.random.some(2, |random| random.pick(&["GET", "POST", "ANY", "evil"]))));
        let routes = self.random.below(4);
        put("routes", (0..routes).map(|_| self.route(&members)).collect());
        put("tags", json!(self.random.some(2, name)));
        put("requiredRoles", json!(self.random.some(2, name)));
        put("requiresAnyPermission", json!(self.random.some(2, name)));
        Value::Object(operation)
    }

    fn answer(&mut self, operation: &mut Map<String, Value>) {
        let mut put = |key: &str, value: Value| drop(operation.insert(key.to_owned(), value));
        match self.random.below(9) {
            0 => put("returnsVoid", json!(true)),
            1 => put("returnType", json!({ "name": self.scalar(), "namespace": "System" })),
            2 => put("returnType", json!({ "name": "List`1", "genericArgs": [self.spelled(1)] })),
            3 => put(
                "returnType",
                json!({ "name": "QueryResponse`1", "namespace": "ServiceStack", "genericArgs": [self.spelled(1)] }),
            ),
            4 => put(
                "returnType",
                json!({ "name": self.random.pick(&["Stream", "HttpResult", "Task`1", "Byte[]", "Void"]) }),
            ),
            5 => put("response", self.definition()),
            6 => put("returnType", self.type_name()),
            _ => {
                let mut response = self.definition();
                let name = json!({ "name": response["name"], "namespace": response["namespace"], "genericArgs": [self.spelled(1)] });
                if self.random.once_in(2) {
                    response["genericArgs"] = json!(["T"]);
                }
                put("response", response);
                put("returnType", name);
            }
        }
    }

    fn route(&mut self, members: &[String]) -> Value {
        let variable = match members.get(self.random.below(members.len() + 1)) {
            Some(name) => name.trim_matches('"').to_owned(),
            None => self.name(),
        };
        let path = match self.random.below(9) {
            0..3 => format!("/orders/{{{variable}}}"),
            3 => format!("/orders/{{{variable}*}}"),
            4 => format!("/{{{variable}}}/{{{variable}}}/x"),
            5 => format!("/{{{variable}:int}}?a=b#c"),
            6 => format!("/a\"b/{}", self.name()),
            7 => self
                .random
                .pick(&[
                    "",
                    "/",
                    "//",
                    "no/slash",
                    "/{",
                    "/}",
                    "/{}",
                    "/{Id",
                    "/*",
                    "/{*Path}/x",
                    "/{a{b}}",
                    "/\n",
                    "/=> x",
                ])
                .to_owned(),
            _ => self.text(),
        };
        json!({ "path": path, "verbs": self.random.pick(&["GET", "POST,PUT", "ANY", "*", "", "get", "evil\n"]), "summary": self.text() })
    }
}
