{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.Du-IXOZ2.js"),
import("/_app/immutable/entry/app.CT-7AgZ9.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
