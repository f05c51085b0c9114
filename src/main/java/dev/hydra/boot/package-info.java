/**
 * The start of the executable WAR. Decision: these classes lie at the root of the WAR and are no part of a deployed application: a server that deploys the
 * WAR never loads them. One class path of jars ({@link dev.hydra.boot.Unpacked}) holds the command line, the embedded Tomcat and the web application: a class
 * that Tomcat's own loader took from {@code WEB-INF} could not come from the JVM's AOT cache ({@link dev.hydra.boot.AotCache}).
 *
 * <p>{@code java -jar hydra.war} begins in {@link dev.hydra.boot.Launcher}, the start with a cache in {@link dev.hydra.boot.Executable}, where both go on.
 */
package dev.hydra.boot;
