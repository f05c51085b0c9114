package dev.hydra.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hydra.access.Area;
import dev.hydra.gateway.InFlight;
import dev.hydra.settings.TestSettings;
import dev.hydra.wire.Sleeper;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.glassfish.jersey.internal.util.collection.Value;
import org.glassfish.jersey.internal.util.collection.Values;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ApiFilterTest {
    @TempDir
    private Path home;
    private final FakeContainer container = new FakeContainer();
    private InFlight inFlight;
    private final HttpServletRequest request = container.request();
    private final HttpServletResponse response = container.response();

    /** Stands for Jersey with a resource. */
    private interface Resource {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    private ApiFilter filter(Resource resource) {
        return new ApiFilter(new ServletContainer() {
            private static final long serialVersionUID = 1L;

            @Override
            public Value<Integer> service(URI base, URI address, HttpServletRequest asked, HttpServletResponse answer)
                    throws IOException, ServletException {
                resource.answer(asked, answer);
                return Values.of(200);
            }

            @Override
            public void destroy() {
                // nothing was begun
            }
        }, inFlight);
    }

    @BeforeEach
    void begin() {
        inFlight = new InFlight(TestSettings.in(home), Sleeper.SYSTEM);
    }

    private void call(Resource resource) throws IOException, ServletException {
        filter(resource).doFilter(request, response, null);
    }

    private void awaitEnd() throws InterruptedException {
        assertThat(container.ended.await(20, TimeUnit.SECONDS)).as("the cycle ends").isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPlatformThreadHandsOverToAVirtualOne() throws Exception {
        CompletableFuture<Thread> worker = new CompletableFuture<>();
        CountDownLatch returned = new CountDownLatch(1);
        call((asked, answer) -> {
            await(returned);
            worker.complete(Thread.currentThread());
            answer.setStatus(201);
            answer.setHeader("x-request-id", "req_1");
            answer.getOutputStream().write(asked.getInputStream().readAllBytes());
        });
        returned.countDown();
        awaitEnd();

        assertThat(worker.get(20, TimeUnit.SECONDS).isVirtual()).isTrue();
        assertThat(worker.get(20, TimeUnit.SECONDS).getContextClassLoader()).isSameAs(ApiFilter.class.getClassLoader());
        assertThat(container.timeout).as("our own deadlines hold").isZero();
        assertThat(container.status).isEqualTo(201);
        assertThat(container.text()).isEqualTo("body");
        assertThat(container.completed).hasSize(1);
        assertThat(container.touchedLate).isEmpty();
    }

    @Test
    void aVirtualThreadAnswersItself() throws Exception {
        List<Object> seen = new ArrayList<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                call((asked, answer) -> seen.addAll(List.of(Thread.currentThread(), asked, answer)));
            } catch (IOException | ServletException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.join();

        assertThat(seen).hasSize(3);
        assertThat(seen.get(0)).isSameAs(thread);
        assertThat(seen.get(1)).as("not wrapped").isSameAs(request);
        assertThat(seen.get(2)).isSameAs(response);
    }

    @Test
    void aPlatformThreadAnswersWhereTheServerHasAFilterThatIsNotAsynchronous() throws Exception {
        container.asyncSupported = false;
        List<Thread> seen = new ArrayList<>();

        call((asked, answer) -> seen.add(Thread.currentThread()));

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @Test
    void pagesStayOnTheContainersThread() throws Exception {
        request.setAttribute(AccessFilter.AREA, Area.DASHBOARD);
        List<Thread> seen = new ArrayList<>();

        filter((asked, answer) -> {
            throw new ServletException("not Jersey's");
        }).doFilter(request, response, (asked, answer) -> seen.add(Thread.currentThread()));

        assertThat(seen).containsExactly(Thread.currentThread());
    }

    @Test
    void nothingIsTouchedOnceTheContainerHasEndedTheRequest() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<List<Object>> told = new CompletableFuture<>();
        call((asked, answer) -> {
            asked.getInputStream();
            answer.getOutputStream();
            begun.countDown();
            await(gone);
            answer.setStatus(500);
            answer.addHeader("late", "yes");
            answer.reset();
            assertThatThrownBy(() -> answer.getOutputStream().write(1)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> answer.getOutputStream().flush()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> asked.getInputStream().read()).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> ClientConnection.reset(asked)).isInstanceOf(IOException.class);
            told.complete(List.of(answer.isCommitted(), String.valueOf(asked.getAttribute("caller"))));
            throw new IOException("the client left");
        });
        await(begun);
        container.error();
        gone.countDown();

        assertThat(told.get(20, TimeUnit.SECONDS)).containsExactly(true, "null");
        assertThat(container.completed).isEmpty();
        assertThat(container.touchedLate).isEmpty();
    }

    @Test
    void theContainerWaitsForAWriteUnderWay() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        container.onWrite = () -> {
            writing.countDown();
            await(goOn);
        };
        call((asked, answer) -> {
            try {
                answer.getOutputStream().write('x');
                assertThatThrownBy(() -> answer.getOutputStream().write('y')).isInstanceOf(IOException.class);
            } finally {
                over.countDown();
            }
        });
        await(writing);
        Thread containers = Thread.ofPlatform().start(container::error);
        Awaitility.await("the container waits for the end of the write").until(() -> containers.getState() == Thread.State.WAITING);
        goOn.countDown();
        containers.join();
        await(over);

        assertThat(container.text()).isEqualTo("x");
        assertThat(container.touchedLate).isEmpty();
    }

    @Test
    void aWriteThatFailsEndsTheRequestOnce() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        container.onWrite = () -> {
            // As Tomcat: a thread of its own ends the request, while the exception goes up this one.
            Thread.ofPlatform().start(container::error);
            throw new IOException("Broken pipe");
        };
        call((asked, answer) -> {
            try {
                answer.getOutputStream().write('x');
            } finally {
                over.countDown();
            }
        });
        await(over);
        awaitEnd();

        assertThat(container.touchedLate).isEmpty();
        assertThat(container.completed.size()).isLessThanOrEqualTo(1);
    }

    /** As Tomcat does 2 s after the beginning of an undeployment. */
    @Test
    void aStoppingServerWaitsForTheRequestsOwnEnd() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        call((asked, answer) -> {
            await(waiting);
            answer.getOutputStream().write('x');
            over.countDown();
        });
        Thread containers = Thread.ofPlatform().start(container::timeOut);
        Awaitility.await().until(() -> containers.getState() == Thread.State.TIMED_WAITING);
        waiting.countDown();
        await(over);
        containers.join();

        assertThat(container.text()).isEqualTo("x");
        assertThat(container.touchedLate).isEmpty();
        assertThat(container.completed).hasSize(1);
    }

    @Test
    void aFailureBeforeTheAnswerIsAnErrorInTheClientsShape() throws Exception {
        call((asked, answer) -> {
            answer.setHeader("half", "done");
            throw new IllegalStateException("a defect");
        });
        awaitEnd();

        assertThat(container.status).isEqualTo(500);
        assertThat(container.headers).doesNotContainKey("half");
        assertThat(container.text()).contains("\"server_error\"").doesNotContain("a defect");
        assertThat(container.completed).hasSize(1);
    }

    @Test
    void evenAnErrorOfTheMachineEndsTheCycle() throws Exception {
        call((asked, answer) -> {
            throw new StackOverflowError();
        });
        awaitEnd();

        assertThat(container.completed).hasSize(1);
    }

    @Test
    void aStopWaitsForTheEndOfARequestAndRefusesNewOnes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        call((asked, answer) -> {
            begun.countDown();
            await(goOn);
            answer.getOutputStream().write('x');
        });
        await(begun);
        Thread stop = Thread.ofVirtual().start(inFlight::stop);
        FakeContainer later = new FakeContainer();
        Awaitility.await().until(inFlight::isStopping);
        filter((asked, answer) -> answer.getOutputStream().write('y')).doFilter(later.request(), later.response(), null);

        assertThat(later.status).isEqualTo(503);
        assertThat(later.headers).containsEntry("Retry-After", "5").containsEntry("Connection", "close");
        assertThat(later.text()).contains("\"error\"", "server_error").doesNotContain("y\"}");
        assertThat(stop.isAlive()).isTrue();
        goOn.countDown();
        stop.join();
        assertThat(container.text()).isEqualTo("x");
    }

    @Test
    void healthIsToldToTheEnd() throws Exception {
        inFlight.stop();
        request.setAttribute(AccessFilter.AREA, Area.PUBLIC);

        call((asked, answer) -> answer.getOutputStream().write('h'));

        assertThat(container.text()).isEqualTo("h");
    }

    @Test
    void noResourceMayStartACycleOfItsOwn() throws Exception {
        CompletableFuture<Boolean> supported = new CompletableFuture<>();
        call((asked, answer) -> {
            assertThatThrownBy(asked::startAsync).isInstanceOf(IllegalStateException.class);
            supported.complete(asked.isAsyncSupported());
        });
        awaitEnd();

        assertThat(supported.get(20, TimeUnit.SECONDS)).isFalse();
    }
}
