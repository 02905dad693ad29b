/* The one file that knows a document: loads the index by classic scripts, which works
   from a server and from a folder alike. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  const PATIENCE = 20000, TRIES = 2;
  const waiting = new Map();

  /* What the scripts of the index call. */
  global.jt = (name, payload) => {
    const taken = waiting.get(name);
    if (taken) taken(search.unpack(payload));
  };

  /* A file that was cut short is no script. That is told to whoever asked for it; the
     console need not hear of it as well. A browser does not say where in a folder an
     error happens, so while files are awaited all that it keeps to itself is taken for theirs. */
  if (global.addEventListener) global.addEventListener("error", event => {
    const at = event.filename || "";
    if (waiting.size && (!at || at.indexOf("/search/") >= 0)) event.preventDefault();
  });

  /* Loads files of the index below `root`; `id` keeps those of two builds apart. */
  search.scripts = (root, id) => (name, done) => {
    const attempt = left => {
      const script = document.createElement("script");
      let timer = 0;
      const end = bytes => {
        if (!timer) return;
        clearTimeout(timer);
        timer = 0;
        waiting.delete(name);
        script.onload = script.onerror = null;
        script.remove();
        if (bytes || left < 2) done(bytes);
        else attempt(left - 1);
      };
      timer = setTimeout(() => end(null), PATIENCE);
      waiting.set(name, end);
      script.onload = script.onerror = () => end(null);
      script.src = root + "search/" + name + ".js" + (id ? "?" + id : "") + (left < TRIES ? (id ? "&" : "?") + "again" : "");
      document.head.appendChild(script);
    };
    attempt(TRIES);
  };
})(this);
