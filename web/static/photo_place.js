/* Reads where a photo says that it was taken, before the page makes it smaller and that is lost.
   Old phones: no syntax newer than 2015. */
(function () {
  "use strict";
  var HEAD = 131072, EXIF = 0x45786966, GPS = 0x8825;

  /* Hands *done* {latitude, longitude} of a JPEG file, or null when it does not say. Never fails. */
  window.photoPlace = function (file, done) {
    var reader = new FileReader();
    reader.onerror = function () { done(null); };
    reader.onload = function () {
      var place = null;
      try { place = placeIn(new DataView(reader.result)); } catch (error) { /* a broken file tells no place */ }
      done(place);
    };
    reader.readAsArrayBuffer(file.slice(0, HEAD));
  };

  function placeIn(bytes) {
    var at = 2;
    if (bytes.getUint16(0) !== 0xFFD8) { return null; }
    while (bytes.getUint8(at) === 0xFF && bytes.getUint8(at + 1) !== 0xDA) {
      if (bytes.getUint8(at + 1) === 0xE1 && bytes.getUint32(at + 4) === EXIF) { return placeInTags(bytes, at + 10); }
      at += 2 + bytes.getUint16(at + 2);
    }
    return null;
  }

  function placeInTags(bytes, start) {
    var little = bytes.getUint16(start) === 0x4949;

    /* Where the entry of *tag* keeps its value, in the directory that begins at *directory*; 0 when it has none. */
    function entry(directory, tag) {
      for (var left = bytes.getUint16(directory, little), at = directory + 2; left > 0; left -= 1, at += 12) {
        if (bytes.getUint16(at, little) === tag) { return at + 8; }
      }
      return 0;
    }

    function pointed(at) { return start + bytes.getUint32(at, little); }

    function degrees(directory, side, value) {
      var at = pointed(entry(directory, value)), found = 0;
      [1, 60, 3600].forEach(function (parts, index) {
        var place = at + 8 * index;
        found += bytes.getUint32(place, little) / bytes.getUint32(place + 4, little) / parts;
      });
      return "SW".indexOf(String.fromCharCode(bytes.getUint8(entry(directory, side)))) >= 0 ? -found : found;
    }

    var gps = entry(pointed(start + 4), GPS);
    if (!gps || !entry(pointed(gps), 2) || !entry(pointed(gps), 4)) { return null; }
    var latitude = degrees(pointed(gps), 1, 2), longitude = degrees(pointed(gps), 3, 4);
    return isFinite(latitude) && isFinite(longitude) ? { latitude: latitude, longitude: longitude } : null;
  }
})();
