/**
 * The endpoints that clients call: bytes in, bytes out, no logic. Decision: Jersey is one filter over every path that is not a page
 * ({@code webapp/WEB-INF/web.xml}), so that a resource's path is the whole path whatever its prefix, and every unknown path is answered in JSON.
 */
package dev.hydra.api;
