{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
<<<<<<<< HEAD:wwwroot/_app/immutable/entry/boot.0LAJDAVk.js
import("/_app/immutable/entry/start.PbvCkqQR.js"),
import("/_app/immutable/entry/app.D9elZ0L9.js")
========
import("/_app/immutable/entry/start.Du-IXOZ2.js"),
import("/_app/immutable/entry/app.CT-7AgZ9.js")
>>>>>>>> bots:wwwroot/_app/immutable/entry/boot.Snkx7qHv.js
]).then(([kit, app]) => {
kit.start(app, element);
});
}
