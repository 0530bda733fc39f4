{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.C5t82_Wb.js"),
import("/_app/immutable/entry/app.D8QLgrTJ.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
