{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.q7NLlpFN.js"),
import("/_app/immutable/entry/app.DceXSvVF.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
