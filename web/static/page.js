/* Saves reloads: posts the chat's forms, fetches what is new, shows and shrinks photos, sends a place, keeps what
   was written without a net until there is one, reads aloud where the phone can.
   Everything works without it. Old phones: no syntax newer than 2015. */
(function () {
  "use strict";
  if (!window.fetch || !window.FormData || !window.Promise) { return; }

  var QUICK = 2000, SLOW = 20000, NOTE = "bangfu-note", LONGEST_SIDE = 1600, SMALL_ENOUGH = 400000, MOST_PHOTOS = 3;
  var talk = document.getElementById("talk");
  var composer = document.getElementById("composer");
  var box = document.getElementById("text");
  var send = document.getElementById("send");
  var chooser = document.getElementById("photo");
  var picked = document.getElementById("picked");
  var thinking = document.getElementById("thinking");
  var problem = document.getElementById("problem");
  var locate = document.getElementById("locate");
  var note = document.getElementById("note"), noted = document.getElementById("noted");
  var photos = [], pressed = null, busy = false, afresh = false, timer = null, chinese = null, sendLabel = send.textContent;

  document.documentElement.className += " js";

  function complain(text) {
    problem.textContent = text || "";
    problem.hidden = !text;
    if (text) { problem.scrollIntoView({ block: "nearest" }); }
  }

  function renew(ticket) {
    ["turn", "seal"].forEach(function (name) {
      if (!ticket[name]) { return; }
      document.querySelectorAll('input[name="' + name + '"]').forEach(function (input) { input.value = ticket[name]; });
    });
  }

  function show(news, fromChoice) {
    var fresh = document.createElement("template"), first = null;
    fresh.innerHTML = news.html;
    if (news.wipes || afresh) { talk.textContent = ""; }
    afresh = false;
    Array.prototype.slice.call(fresh.content.children).forEach(function (bubble) {
      if (talk.querySelector('[data-key="' + bubble.getAttribute("data-key") + '"]')) { return; }
      if (bubble.className === "mine") { settle(); }
      first = first || bubble;
      talk.appendChild(bubble);
      offerToRead(bubble);
    });
    talk.setAttribute("data-said", news.said);
    talk.setAttribute("data-told", news.told);
    talk.setAttribute("data-waiting", news.waiting ? "yes" : "no");
    thinking.hidden = !news.waiting;
    renew(news);
    if (!first) { return; }
    var welcome = document.getElementById("welcome");
    if (welcome) { welcome.parentNode.removeChild(welcome); }
    if (fromChoice) { first.tabIndex = -1; first.focus({ preventScroll: true }); }
    first.scrollIntoView({ block: "start" });
  }

  /* What was offered before the person went on is offered no longer; links stay. */
  function settle() {
    talk.querySelectorAll("[id=now]").forEach(function (bubble) { bubble.removeAttribute("id"); });
    talk.querySelectorAll(".choices button").forEach(function (button) { button.parentNode.removeChild(button); });
  }

  function answered(response) {
    return response.json().then(function (body) {
      if (!response.ok) { renew(body); if (body.afresh) { beginAfresh(); } throw { words: body.problem }; }
      return body;
    });
  }

  /* The talk on the screen belongs to a session that is gone. */
  function beginAfresh() {
    if (!talk) { return; }
    ["data-said", "data-told"].forEach(function (name) { talk.setAttribute(name, "0"); });
    afresh = true;
  }

  function failed(error) {
    complain(error && error.words || "网络不通，没有发出去。您写的话还在，请过一会儿再按一次。");
  }

  function post(data, fromChoice) {
    if (busy) { return Promise.resolve(false); }
    busy = true;
    send.disabled = true;
    send.textContent = "正在发……";
    complain("");
    if (talk) {
      data.append("said", talk.getAttribute("data-said"));
      data.append("told", talk.getAttribute("data-told"));
    }
    return fetch("/say", { method: "POST", body: data, credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(answered)
      .then(function (news) {
        if (talk) { show(news, fromChoice); } else { location.assign("/#now"); }
        return true;
      })
      .catch(function (error) {
        if (data.get("note")) { return refusedNote(error); }
        if (keep(data, error)) { return true; }
        failed(error);
        return false;
      })
      .then(function (sent) {
        busy = false;
        send.disabled = false;
        send.textContent = sendLabel;
        if (talk) { plan(); }
        return sent;
      });
  }

  /* A note is what was written while there was no net: kept on this phone with the ticket of its one turn, so that
     the server takes it once however often it is sent. Further words join it, for they have no ticket of their own. */
  function keptNote() {
    try { return JSON.parse(localStorage.getItem(NOTE)); } catch (error) { return null; }
  }

  function keep(data, error) {
    var text = data.get("text"), kept = keptNote() || {};
    if (error && error.words || !text || data.get("photo") || data.get("latitude")) { return false; }
    ["turn", "seal", "page", "button"].forEach(function (name) { kept[name] = kept[name] || data.get(name) || ""; });
    kept.text = kept.text ? kept.text + "\n" + text : text;
    try { localStorage.setItem(NOTE, JSON.stringify(kept)); } catch (full) { return false; }
    showNote();
    return true;
  }

  /* Without a net the note waits on; what the server does not take goes back under the person's hands. */
  function refusedNote(error) {
    if (error && error.words) { takeBack(); failed(error); }
    return false;
  }

  function takeBack() {
    var kept = keptNote();
    if (kept) { box.value = kept.text + (box.value ? "\n" + box.value : ""); grow(); }
    dropNote();
  }

  function dropNote() {
    try { localStorage.removeItem(NOTE); } catch (error) { /* it was never kept */ }
    showNote();
  }

  function showNote() {
    var kept = keptNote();
    note.hidden = !kept;
    noted.textContent = kept ? kept.text : "";
  }

  function sendNote() {
    var kept = keptNote(), data = new FormData();
    if (!kept || busy || navigator.onLine === false) { return; }
    Object.keys(kept).forEach(function (name) { if (kept[name]) { data.append(name, kept[name]); } });
    data.append("note", "yes");
    post(data, false).then(function (sent) { if (sent) { dropNote(); } });
  }

  document.getElementById("unnote").addEventListener("click", function () { takeBack(); box.focus(); });

  window.addEventListener("online", sendNote);

  function offerToRead(bubble) {
    var text = bubble.querySelector(".text"), button;
    if (bubble.className !== "theirs" || !text || !chinese) { return; }
    button = document.createElement("button");
    button.type = "button";
    button.className = "aloud";
    button.textContent = "念给我听";
    button.onclick = function () {
      var speaking = window.speechSynthesis.speaking, words;
      window.speechSynthesis.cancel();
      if (speaking) { return; }
      words = new SpeechSynthesisUtterance(text.textContent);
      words.lang = "zh-CN";
      words.voice = chinese;
      words.rate = 0.85;
      window.speechSynthesis.speak(words);
    };
    bubble.appendChild(button);
  }

  function findVoice() {
    var voices = window.speechSynthesis.getVoices().filter(function (voice) { return /^(zh|cmn)/i.test(voice.lang); });
    if (chinese || !voices.length) { return; }
    chinese = voices[0];
    talk.querySelectorAll("li").forEach(offerToRead);
  }

  function fetchNews() {
    if (busy || document.hidden) { return plan(); }
    if (keptNote()) { sendNote(); return plan(); }
    var query = "said=" + talk.getAttribute("data-said") + "&told=" + talk.getAttribute("data-told");
    fetch("/news?" + query, { credentials: "same-origin", headers: { Accept: "application/json" } })
      .then(answered).then(function (news) { if (!busy) { show(news, false); } }).catch(function () {}).then(plan);
  }

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(fetchNews, talk.getAttribute("data-waiting") === "yes" ? QUICK : SLOW);
  }

  function shrink(file) {
    return new Promise(function (done) {
      if (file.size <= SMALL_ENOUGH || !window.URL) { return done(file); }
      var image = new Image(), address = URL.createObjectURL(file);
      image.onerror = function () { URL.revokeObjectURL(address); done(file); };
      image.onload = function () {
        var scale = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(image.naturalWidth * scale);
        canvas.height = Math.round(image.naturalHeight * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(address);
        if (!canvas.toBlob) { return done(file); }
        canvas.toBlob(function (blob) {
          if (!blob || blob.size >= file.size) { return done(file); }
          window.photoPlace(file, function (place) { blob.place = place; done(blob); });
        }, "image/jpeg", 0.85);
      };
      image.src = address;
    });
  }

  function drawPicked() {
    picked.textContent = "";
    photos.forEach(function (photo, index) {
      var button = document.createElement("button"), image = document.createElement("img");
      var sound = photo.type.indexOf("audio/") === 0, label = document.createTextNode(sound ? "录音，去掉" : "去掉");
      button.type = "button";
      button.setAttribute("aria-label", sound ? "去掉录音" : "去掉第 " + (index + 1) + " 张照片");
      image.alt = "";
      image.src = URL.createObjectURL(photo);
      image.onload = function () { URL.revokeObjectURL(image.src); };
      image.onerror = function () { image.hidden = true; if (!sound) { label.data = (photo.name || "打不开的照片") + "，去掉"; } };
      button.appendChild(image);
      button.appendChild(label);
      button.onclick = function () { photos.splice(index, 1); drawPicked(); };
      picked.appendChild(button);
    });
  }

  chooser.addEventListener("change", function () {
    var files = Array.prototype.slice.call(chooser.files);
    Promise.all(files.map(shrink)).then(function (small) {
      complain(photos.length + small.length > MOST_PHOTOS ? "一次最多发 3 张照片。请分几次发。" : "");
      photos = photos.concat(small).slice(0, MOST_PHOTOS);
      chooser.value = "";
      drawPicked();
    });
  });

  document.addEventListener("click", function (event) {
    pressed = event.target.closest ? event.target.closest("button[name]") : null;
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.getAttribute("action") !== "/say") { return; }
    event.preventDefault();
    var mine = form === composer, data = new FormData(form);
    data.delete("photo");
    if (mine) {
      photos.forEach(function (photo, index) {
        data.append("photo", photo, "photo" + index + ".jpg");
        if (!photo.place || data.has("photo_latitude")) { return; }
        data.append("photo_latitude", photo.place.latitude);
        data.append("photo_longitude", photo.place.longitude);
      });
    } else if (pressed) {
      data.append(pressed.name, pressed.value);
    }
    post(data, !mine).then(function (sent) {
      if (!sent || !mine) { return; }
      box.value = "";
      grow();
      photos = [];
      drawPicked();
    });
  });

  function grow() {
    box.style.height = "auto";
    box.style.height = box.scrollHeight + 4 + "px";
  }

  box.addEventListener("input", grow);
  box.addEventListener("keydown", function (event) {
    if (talk && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send.click();
    }
  });

  if (locate && navigator.geolocation && window.isSecureContext) {
    locate.hidden = false;
    locate.addEventListener("click", function () {
      locate.disabled = true;
      navigator.geolocation.getCurrentPosition(function (place) {
        var data = new FormData(composer);
        data.delete("photo");
        data.delete("text");
        data.append("latitude", place.coords.latitude);
        data.append("longitude", place.coords.longitude);
        locate.disabled = false;
        post(data, false);
      }, function () {
        locate.disabled = false;
        complain("没有拿到位置。请直接写乡镇和村名。");
      }, { timeout: 15000 });
    });
  }

  if (box.value) { grow(); }
  showNote();
  sendNote();
  if (!talk) { return; }
  if (window.speechSynthesis && window.SpeechSynthesisUtterance) {
    findVoice();
    window.speechSynthesis.onvoiceschanged = findVoice;
  }
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { fetchNews(); } });
  var now = document.getElementById("now");
  if (now) { now.scrollIntoView({ block: "start" }); }
  plan();
})();
