//! What a browser has to complain of while a page loads and runs.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::devtools::Event;

/// Issues that tell of a fault of the page, of all that the browser knows.
const ISSUES: [&str; 5] = [
    "ContentSecurityPolicyIssue",
    "MixedContentIssue",
    "BlockedByResponseIssue",
    "DeprecationIssue",
    "QuirksModeIssue",
];

/// Listens to the events of one page.
#[derive(Default)]
pub struct Complaints {
    /// Where requests may go.
    pub within: Vec<String>,
    /// Names the document that is being loaded or was loaded last.
    document: String,
    /// Whether that document is there.
    is_loaded: bool,
    /// Its requests that are not answered yet. Those of the document before it may
    /// be dropped without a word.
    pub open: BTreeSet<String>,
    /// The status of the last document.
    pub status: u64,
    found: Vec<String>,
}

impl Complaints {
    /// What was found since it was last asked.
    pub fn take(&mut self) -> Vec<String> {
        let mut found = std::mem::take(&mut self.found);
        found.sort();
        found.dedup();
        found
    }

    /// A document is on its way; it has no name yet when it is loaded again.
    pub fn begin(&mut self, document: &str) {
        if document != self.document {
            document.clone_into(&mut self.document);
            self.is_loaded = false;
            self.open.clear();
        }
    }

    /// Whether the document is there and waits for nothing.
    pub fn is_quiet(&self) -> bool {
        self.is_loaded && self.open.is_empty()
    }

    pub fn hear(&mut self, event: &Event) {
        let params = &event.params;
        match event.method.as_str() {
            "Runtime.exceptionThrown" => self.note("exception", &exception(&params["exceptionDetails"])),
            "Runtime.consoleAPICalled" => self.console(params),
            "Log.entryAdded" => self.log(&params["entry"]),
            "Audits.issueAdded" => self.issue(&params["issue"]),
            "Network.requestWillBeSent" => self.request(params),
            "Network.responseReceived" => self.response(params),
            "Page.lifecycleEvent" => {
                self.is_loaded |= params["name"] == "load" && params["loaderId"] == self.document.as_str();
            }
            "Network.loadingFinished" => self.done(params),
            "Network.loadingFailed" => {
                self.done(params);
                if params["canceled"] != true {
                    self.note("failed", &format!("{} {}", text(&params["type"]), text(&params["errorText"])));
                }
            }
            _ => {}
        }
    }

    fn note(&mut self, kind: &str, what: &str) {
        self.found.push(format!("{kind}: {what}"));
    }

    fn console(&mut self, params: &Value) {
        if matches!(text(&params["type"]), "error" | "warning" | "assert") {
            self.note("console", &params["args"].to_string());
        }
    }

    fn log(&mut self, entry: &Value) {
        if matches!(text(&entry["level"]), "error" | "warning") {
            self.note("log", &format!("{} {}", text(&entry["text"]), text(&entry["url"])));
        }
    }

    fn issue(&mut self, issue: &Value) {
        if ISSUES.contains(&text(&issue["code"])) {
            self.note("issue", &issue.to_string());
        }
    }

    /// A stream of events never ends and is not waited for.
    fn request(&mut self, params: &Value) {
        let address = text(&params["request"]["url"]);
        let is_within = |address: &str| self.within.iter().any(|start| address.starts_with(start));
        let is_inside = is_within(address) || address.starts_with("data:");
        // A browser asks late, and in whichever window is open, for the icon of a site that
        // it showed before: what no document of ours asks for is not ours.
        let is_ours = params["type"] != "Other" || is_within(text(&params["documentURL"]));
        if !is_inside && is_ours && !self.within.is_empty() {
            self.note("outside", address);
        }
        let document = text(&params["loaderId"]);
        if params["type"] == "Document" {
            self.begin(document);
        }
        if params["type"] != "EventSource" && document == self.document {
            self.open.insert(text(&params["requestId"]).to_owned());
        }
    }

    fn response(&mut self, params: &Value) {
        let status = params["response"]["status"].as_u64().unwrap_or_default();
        if params["type"] == "Document" {
            self.status = status;
        }
        if status >= 400 {
            self.note("answer", &format!("{status} {}", text(&params["response"]["url"])));
        }
    }

    fn done(&mut self, params: &Value) {
        self.open.remove(text(&params["requestId"]));
    }
}

/// What went wrong in a script.
pub fn exception(details: &Value) -> String {
    let thrown = text(&details["exception"]["description"]);
    format!("{} {thrown} {}:{}", text(&details["text"]), text(&details["url"]), details["lineNumber"])
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
