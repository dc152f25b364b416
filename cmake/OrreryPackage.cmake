# `cmake --install` and `cpack -G DEB`: the programs, what the desktop needs to show them, and the pages.
include(GNUInstallDirs)
# Debian wants the package's own name there; the cache may hold another folder, of whoever included the module first.
set(CMAKE_INSTALL_DOCDIR ${CMAKE_INSTALL_DATADIR}/doc/orrery)

foreach(program orrery orrery-gpu)
    if(TARGET ${program})
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    endif()
endforeach()

install(FILES resources/org.orrery.Orrery.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES resources/org.orrery.Orrery.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES resources/orrery.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps OPTIONAL)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
# Help, scenes and data are inside the program; the scenes are also examples of what can be written by hand.
install(DIRECTORY resources/scenarios/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples FILES_MATCHING PATTERN *.json)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME orrery)
set(CPACK_PACKAGE_VENDOR "Orrery")
set(CPACK_PACKAGE_CONTACT "Orrery <orrery@orrery.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "desktop lab where people watch algorithms move")
set(CPACK_PACKAGE_DESCRIPTION
    "Orrery plays, pauses, steps back and scrubs through algorithms while they
run on real data, for teaching, for analysis and to measure their speed.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# What no linker sees: plug-ins that Qt loads at run time, and the typefaces.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite, libqt6svg6, fonts-inter, fonts-jetbrains-mono, fonts-stix")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland") # without it a Wayland desktop shows the window through X11
include(CPack)
