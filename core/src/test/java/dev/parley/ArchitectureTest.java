package dev.parley;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Each rule's reason is the sentence that ARCHITECTURE.md has. */
@AnalyzeClasses(packages = "dev.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PROTOCOL = noClasses()
            .that()
            .resideInAPackage("dev.parley.protocol")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley..").and(not(resideInAPackage("dev.parley.protocol"))))
            .because("the protocol knows nothing of the rest");

    @ArchTest
    static final ArchRule EVENTS = noClasses()
            .that()
            .resideInAPackage("dev.parley.event..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley..")
                    .and(not(resideInAnyPackage("dev.parley.event..", "dev.parley.protocol"))))
            .because("typed events know the protocol and nothing else");

    @ArchTest
    static final ArchRule CODEC = noClasses()
            .that()
            .resideInAPackage("dev.parley.event.codec")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley..")
                    .and(not(resideInAnyPackage("dev.parley.event.codec", "dev.parley.protocol"))))
            .because("the codec knows no event");

    @ArchTest
    static final ArchRule AUDIO = noClasses()
            .that()
            .resideInAPackage("dev.parley.audio")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley..").and(not(resideInAPackage("dev.parley.audio"))))
            .allowEmptyShould(true)
            .because("audio knows nothing of the rest");

    @ArchTest
    static final ArchRule DIALECTS = noClasses()
            .that()
            .resideInAPackage("dev.parley.dialect")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley..")
                    .and(not(resideInAPackage("dev.parley.dialect")))
                    .and(not(resideInAPackage("dev.parley.protocol"))))
            .because("a dialect knows events, and neither sessions nor sockets nor providers");

    @ArchTest
    static final ArchRule SOCKETS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "java.net.http..")
            .because("core has no sockets; hosts bring them");

    @ArchTest
    static final ArchRule SESSION = noClasses()
            .that()
            .resideInAnyPackage("dev.parley.session", "dev.parley.leg", "dev.parley.lane")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.parley.provider.*", "dev.parley.transport..", "dev.parley.gateway..")
            .because("a session asks for capabilities, and knows neither its provider nor its sockets");

    @ArchTest
    static final ArchRule MACHINES = noClasses()
            .that()
            .haveSimpleName("Lifecycle")
            .or()
            .haveSimpleName("ResponseSequencer")
            .or()
            .haveSimpleName("ClientEventCheck")
            .or()
            .haveSimpleName("SessionMeter")
            .or()
            .haveSimpleName("BargeIn")
            .or()
            .haveSimpleName("PlayoutClock")
            .or()
            .haveSimpleName("ConversationLedger")
            .or()
            .haveSimpleName("LedgerItem")
            .or()
            .haveSimpleName("ToolRounds")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*(System|java.time.Clock|Thread|Random|RandomGenerator|Lane|Timer|Executor)$")
            .because("a machine has no clock, thread or dice of its own, so that whole sessions run in virtual time");

    @ArchTest
    static final ArchRule LOCKS = noMethods()
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("on JDK 21 synchronized pins virtual threads; take a ReentrantLock");

    @ArchTest
    static final ArchRule NAMES = classes()
            .should()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl")
            .andShould()
            .haveSimpleNameNotStartingWith("Abstract")
            .because("names are nouns of the trade");
}
