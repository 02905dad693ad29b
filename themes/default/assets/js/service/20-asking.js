/* Asks a server by XMLHttpRequest, without headers of our own, so that no server has
   to allow them. */
(function (global) {
  "use strict";
  const search = global.jiangtaiSearch;
  /* How long a server may take, and how long one that failed is left alone. */
  const PATIENCE = 5000, REST = 30000;

  search.asking = address => {
    let rests = 0;
    return (pairs, done) => {
      if (Date.now() < rests) {
        done(null);
        return;
      }
      const request = new XMLHttpRequest();
      const fail = () => {
        rests = Date.now() + REST;
        done(null);
      };
      const take = () => {
        let told = null;
        try { told = request.status === 200 ? JSON.parse(request.responseText) : null; } catch (e) { /* not JSON: told below */ }
        if (told) done(told);
        else fail();
      };
      request.onload = take;
      request.onerror = request.ontimeout = request.onabort = fail;
      try {
        const written = pairs.map(pair => pair.map(encodeURIComponent).join("=")).join("&");
        request.open("GET", address + (address.indexOf("?") < 0 ? "?" : "&") + written);
        request.timeout = PATIENCE;
        request.send();
      } catch (refused) { fail(); }
    };
  };
})(this);
