package dev.hydra.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarOutputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where the entries of the WAR go when it is unpacked: all libraries into {@value #JARS}, all classes with their resources into one more jar there
 * ({@value #CLASSES}), because the JVM's AOT cache takes no classes from folders, and the rest into {@value #WEB}.
 */
final class Layout {
    static final String JARS = "lib";
    static final String CLASSES = "hydra.jar";
    static final String WEB = "web";
    private static final String CLASSES_OF_WAR = "WEB-INF/classes/";
    private static final String BEANS_OF_WAR = "WEB-INF/beans.xml";
    private static final String BEANS_OF_JAR = "META-INF/beans.xml";

    private Layout() {
    }

    static void unpack(Path war, Path target) throws IOException {
        Path jars = Files.createDirectories(target.resolve(JARS));
        try (ZipFile zip = new ZipFile(war.toFile());
                JarOutputStream classes = new JarOutputStream(Files.newOutputStream(jars.resolve(CLASSES)))) {
            classes.setLevel(Deflater.NO_COMPRESSION);
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory()) {
                    unpack(zip, entry, target, classes);
                }
            }
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path target, JarOutputStream classes) throws IOException {
        String name = entry.getName();
        try (InputStream in = zip.getInputStream(entry)) {
            if (name.startsWith(CLASSES_OF_WAR)) {
                add(classes, name.substring(CLASSES_OF_WAR.length()), in);
            } else if (name.equals(BEANS_OF_WAR)) {
                add(classes, BEANS_OF_JAR, in);
            } else if (name.endsWith(".class")) {
                add(classes, name, in);
            } else if (name.endsWith(".jar")) {
                copy(in, target.resolve(JARS), name.substring(name.lastIndexOf('/') + 1));
            } else {
                copy(in, target.resolve(WEB), name);
            }
        }
    }

    private static void add(JarOutputStream jar, String name, InputStream content) throws IOException {
        jar.putNextEntry(new ZipEntry(name));
        content.transferTo(jar);
        jar.closeEntry();
    }

    private static void copy(InputStream content, Path root, String name) throws IOException {
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("The WAR has an entry outside of itself: " + name);
        }
        Files.createDirectories(file.getParent());
        Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING); // a library of both the application and Tomcat
    }
}
