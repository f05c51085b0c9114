package dev.hydra.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
interface HostLookup {
    /** @param host a name or an address as a URL has it. @throws UnknownHostException when there is none that may be used */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
