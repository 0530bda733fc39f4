{
__sveltekit_1vzi1g = {
base: ""
};

const element = document.currentScript.parentElement;

Promise.all([
import("/_app/immutable/entry/start.CHvPL12n.js"),
import("/_app/immutable/entry/app.DF8pdgaf.js")
]).then(([kit, app]) => {
kit.start(app, element);
});
}
