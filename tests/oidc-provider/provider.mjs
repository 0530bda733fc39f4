// An OpenID Connect issuer for the tests: the certified library oidc-provider as a
// real server, set up to issue what Kinde issues.
//
//   node provider.mjs PORT PAGE_ORIGIN ACCESS_TOKEN_SECONDS
//
// Anyone signs in with any name and password; who signs in as "admin" has the role
// and the permission of one. POST /rotate takes the signing keys away and makes others.

import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, page, lifetime] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const audience = "https://exchange.test/api";

function newKeys() {
    const rsa = generateKeyPairSync("rsa", {
        modulusLength: 2048,
    }).privateKey.export({ format: "jwk" });
    const ec = generateKeyPairSync("ec", {
        namedCurve: "P-256",
    }).privateKey.export({ format: "jwk" });
    return [
        { ...rsa, use: "sig", alg: "RS256", kid: randomUUID() },
        { ...ec, use: "sig", alg: "ES256", kid: randomUUID() },
    ];
}

// Kinde's shapes: roles are objects, permissions are words.
const rights = (admin) => ({
    roles: admin
        ? [{ id: randomUUID(), key: "exchange-admin", name: "Exchange admin" }]
        : [],
    permissions: admin ? ["administer:exchange"] : [],
});

function newProvider(keys) {
    const provider = new Provider(issuer, {
        jwks: { keys },
        clients: [
            {
                client_id: "page",
                token_endpoint_auth_method: "none",
                grant_types: ["authorization_code", "refresh_token"],
                redirect_uris: [`${page}/signed-in`],
                post_logout_redirect_uris: [page],
            },
            {
                client_id: "bot",
                client_secret: "the bot keeps this to itself",
                grant_types: ["client_credentials"],
                redirect_uris: [],
                response_types: [],
            },
        ],
        scopes: ["openid", "profile", "email", "offline"],
        claims: {
            openid: ["sub"],
            profile: ["name"],
            email: ["email", "email_verified"],
        },
        // As Kinde: name and e-mail stand in the ID token.
        conformIdTokenClaims: false,
        findAccount: (_, id) => ({
            accountId: id,
            claims: () => ({
                sub: id,
                name: `${id} Lovelace`,
                email: `${id}@school.test`,
                email_verified: true,
            }),
        }),
        // Kinde asks nobody whether they agree to sign in.
        async loadExistingGrant(context) {
            const grant = new provider.Grant({
                clientId: context.oidc.client.clientId,
                accountId: context.oidc.session.accountId,
            });
            grant.addOIDCScope("openid profile email offline");
            grant.addResourceScope(audience, "openid profile email offline");
            await grant.save();
            return grant;
        },
        issueRefreshToken: (_, client, code) =>
            client.grantTypeAllowed("refresh_token") &&
            code.scopes.has("offline"),
        rotateRefreshToken: true,
        clientBasedCORS: (_, origin) => origin === page,
        extraParams: ["audience"],
        ttl: {
            AccessToken: Number(lifetime),
            ClientCredentials: Number(lifetime),
        },
        features: {
            devInteractions: { enabled: true },
            clientCredentials: { enabled: true },
            rpInitiatedLogout: { enabled: true },
            resourceIndicators: {
                enabled: true,
                defaultResource: () => audience,
                useGrantedResource: () => true,
                getResourceServerInfo: (_, resource) => ({
                    scope: "openid profile email offline",
                    audience: resource,
                    accessTokenFormat: "jwt",
                    accessTokenTTL: Number(lifetime),
                    jwt: { sign: { alg: "ES256" } },
                }),
            },
        },
        formats: {
            customizers: {
                jwt(_, token, jwt) {
                    // Kinde's access tokens: typ JWT, a list of audiences, the client in azp, and no user for a program.
                    jwt.header = { ...jwt.header, typ: "JWT" };
                    const { client_id: azp, sub, aud, ...rest } = jwt.payload;
                    const person = token.kind === "AccessToken";
                    jwt.payload = {
                        ...rest,
                        aud: [aud],
                        azp,
                        ...(person ? { sub, ...rights(sub === "admin") } : {}),
                    };
                },
            },
        },
        cookies: { keys: [randomUUID()] },
    });
    provider.on("server_error", (_, error) => console.error(error));
    return provider;
}

let answer = newProvider(newKeys()).callback();
createServer((request, response) => {
    if (request.method === "POST" && request.url === "/rotate") {
        answer = newProvider(newKeys()).callback();
        response.end();
    } else answer(request, response);
}).listen(Number(port), "localhost", function () {
    console.log(`Issuer is at ${issuer}`);
});
