/**
 * The endpoints that clients call: bytes in, bytes out, no logic. Decision: Jersey is behind one filter over every path that is not a page
 * ({@code webapp/WEB-INF/web.xml}), so that a resource's path is the whole path whatever its prefix, and every unknown path is answered in JSON.
 *
 * <p>Decision: resources block, and they do so on a virtual thread on every server. Which one is decided for each request by the thread that the container
 * gives:
 * <ul>
 * <li>a virtual one (the executable WAR; Tomcat with {@code useVirtualThreads="true"}): it answers, as in any servlet;
 * <li>a platform one (a stock Tomcat, WildFly, Payara), of which there are few: {@link dev.hydra.api.ApiFilter} puts the request into a servlet asynchronous
 * cycle and answers on a virtual thread of its own, so that 200 waiting streams do not take a server's 200 threads;
 * <li>a platform one where a filter of the server itself is not asynchronous: it answers after all, slower under load but right.
 * </ul>
 * Off the container's thread a client's abort is dangerous: the container ends the request and uses its objects for the next one while the answer is still
 * being written. So {@link dev.hydra.api.RecycleGuard} has every use of the request and the response, and the container's own word about their end, happen
 * under one lock.
 */
package dev.hydra.api;
