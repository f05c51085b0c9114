/**
 * The start of the executable WAR ({@code java -jar hydra.war}). Decision: these classes lie at the root of the WAR, know only the JDK and the
 * embedded Tomcat (in {@code WEB-INF/boot}), and are no part of a deployed application: a server that deploys the WAR never loads them. Three class
 * loaders keep the parts apart: the command line ({@code WEB-INF/classes} and {@code WEB-INF/lib}), the embedded Tomcat, and Tomcat's own for the web
 * application. Only JDK types cross between them.
 */
package dev.hydra.boot;
